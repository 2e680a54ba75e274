import { filesSettings } from '@patchbay/files';
import { hostListSetting, originListSetting, publicUrlSetting, serviceSettings } from '@patchbay/service';
import { z } from 'zod';

export const gatewayConfig = z.object({
  ...serviceSettings,
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: publicUrlSetting,
  ...filesSettings,
  /** Names besides the one in `PUBLIC_URL` under which MCP clients reach the gateway. */
  PATCHBAY_ALLOWED_HOSTS: hostListSetting,
  /** Origins of web pages that may call the gateway from a browser, besides those of its own hosts. */
  PATCHBAY_ALLOWED_ORIGINS: originListSetting,
});
export type GatewayConfig = z.output<typeof gatewayConfig>;
