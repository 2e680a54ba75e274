import { hostListSetting, serviceSettings } from '@patchbay/service';
import { z } from 'zod';

export const toolsConfig = z.object({
  ...serviceSettings,
  PATCHBAY_TOOLKIT_OVERRIDES: z.string().optional(),
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: hostListSetting,
});
export type ToolsConfig = z.output<typeof toolsConfig>;
