import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const CHART = join(ROOT, 'infra/helm/patchbay');
export const PRODUCTION = ['-f', join(ROOT, 'infra/helm/values-production.yaml')];
