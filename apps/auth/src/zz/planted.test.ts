import { nothing } from '@patchbay/contracts'; export const planted: number = nothing;
