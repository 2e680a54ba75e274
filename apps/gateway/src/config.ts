import { filesSettings } from '@patchbay/files';
import { listSetting, originListSetting, publicUrlSetting, serviceSettings } from '@patchbay/service';
import { z } from 'zod';
import { trustedProxiesSetting } from './http/index.js';
import { limitSettings } from './limits/index.js';

/** 0 switches the limit off. */
const most = (fallback: number, highest = 1_000_000) =>
  z.coerce.number().int().min(0).max(highest).default(fallback);

export const gatewayConfig = z.object({
  ...serviceSettings,
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: publicUrlSetting,
  ...filesSettings,
  /** The operator's model, for the playground of the console: an OpenAI-compatible API, its model, and a key for it. */
  PATCHBAY_MODEL_URL: z.url({ protocol: /^https?$/ }).optional(),
  PATCHBAY_MODEL: z.string().default('gpt-5-mini'),
  PATCHBAY_MODEL_API_KEY: z.string().optional(),
  /** Names besides the one in `PUBLIC_URL` under which MCP clients reach the gateway. */
  PATCHBAY_ALLOWED_HOSTS: listSetting,
  /** Origins of web pages that may call the gateway from a browser, besides those of its own hosts. */
  PATCHBAY_ALLOWED_ORIGINS: originListSetting,
  /** Proxies that are believed whose requests they pass on: ranges of addresses, or how many there are in front. */
  PATCHBAY_TRUSTED_PROXIES: trustedProxiesSetting,
  ...limitSettings,
  /** Requests under way in one process, together and of one project. */
  PATCHBAY_CONCURRENCY: most(2_000),
  PATCHBAY_PROJECT_CONCURRENCY: most(500),
  /** Streams of one project that stay open for as long as their clients like, in one process. */
  PATCHBAY_PROJECT_STREAMS: most(1_000),
  /** Connections of one address to one process; those of trusted proxies are not counted. */
  PATCHBAY_ADDRESS_CONNECTIONS: most(1_000),
  /** Idempotency: the records of one project, and the bytes of its answers. */
  PATCHBAY_REPEATS_PROJECT_PLACES: most(50_000),
  PATCHBAY_REPEATS_PROJECT_BYTES: most(32 * 1024 * 1024, 1024 ** 4),
  /** How long the body of a request may take to come in; files may take longer. */
  PATCHBAY_BODY_SECONDS: z.coerce.number().int().min(1).max(300).default(30),
  /** Bytes of large bodies that one process holds, of which one address may have a quarter. */
  PATCHBAY_BODIES_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(256 * 1024 * 1024),
});
export type GatewayConfig = z.output<typeof gatewayConfig>;
