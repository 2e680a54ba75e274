import { filesSettings } from '@patchbay/files';
import { publicUrlSetting, serviceSettings } from '@patchbay/service';
import { z } from 'zod';

export const gatewayConfig = z.object({
  ...serviceSettings,
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: publicUrlSetting,
  ...filesSettings,
});
export type GatewayConfig = z.output<typeof gatewayConfig>;
