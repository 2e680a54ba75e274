import { filesSettings } from '@patchbay/files';
import { databaseUrlSetting, hostListSetting, publicUrlSetting, serviceSettings } from '@patchbay/service';
import { z } from 'zod';

export const toolsConfig = z.object({
  ...serviceSettings,
  ...filesSettings,
  DATABASE_URL: databaseUrlSetting,
  PUBLIC_URL: publicUrlSetting,
  PATCHBAY_TOOLKIT_OVERRIDES: z.string().optional(),
  /** An ES module that exports `toolkits`: toolkits of the operator's own. */
  PATCHBAY_TOOLKITS_MODULE: z.string().optional(),
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: hostListSetting,
});
export type ToolsConfig = z.output<typeof toolsConfig>;
