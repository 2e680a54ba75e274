import { filesSettings } from '@patchbay/files';
import {
  databaseUrlSetting,
  parserSettings,
  privateHostsSetting,
  publicUrlSetting,
  serviceSettings,
} from '@patchbay/service';
import { z } from 'zod';
import { registrySettings } from './mcp-registries/index.js';

export const toolsConfig = z.object({
  ...serviceSettings,
  ...filesSettings,
  ...parserSettings,
  ...registrySettings,
  /** Files of calls that one project may keep, and their bytes together; 0 sets no bound. */
  PATCHBAY_FILES_PROJECT_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .max(1024 ** 5)
    .default(10 * 1024 ** 3),
  PATCHBAY_FILES_PROJECT_COUNT: z.coerce.number().int().min(0).max(1_000_000_000).default(100_000),
  /** Calls under way in one process, together and of one project; 0 sets no bound. */
  PATCHBAY_TOOLS_CALLS: z.coerce.number().int().min(0).max(1_000_000).default(2_000),
  PATCHBAY_TOOLS_PROJECT_CALLS: z.coerce.number().int().min(0).max(1_000_000).default(400),
  /** An answer with more bytes of JSON is shown in short, and kept whole as a file. */
  PATCHBAY_INLINE_ANSWER_BYTES: z.coerce
    .number()
    .int()
    .min(4_096)
    .max(4 * 1024 * 1024)
    .default(700_000),
  /** An OpenAI-compatible API, to whose address `/chat/completions` is added: it makes arguments out of texts. */
  PATCHBAY_MODEL_URL: z.url({ protocol: /^https?$/ }).optional(),
  PATCHBAY_MODEL: z.string().default('gpt-5-mini'),
  PATCHBAY_MODEL_API_KEY: z.string().optional(),
  /** Toolkits that one project may add for itself; 0 sets no bound. */
  PATCHBAY_PROJECT_TOOLKITS: z.coerce.number().int().min(0).max(100_000).default(1_000),
  /** How often each MCP server that projects added is asked for its tools, besides when it says that they changed. */
  PATCHBAY_MCP_REREAD_SECONDS: z.coerce.number().int().min(1).max(86_400).default(900),
  /** Whether providers can send webhooks to PUBLIC_URL. `auto`: when it is https, and not this machine's own name. */
  PATCHBAY_TRIGGER_WEBHOOKS: z.enum(['auto', 'on', 'off']).default('auto'),
  DATABASE_URL: databaseUrlSetting,
  PUBLIC_URL: publicUrlSetting,
  PATCHBAY_TOOLKIT_OVERRIDES: z.string().optional(),
  /** An ES module that exports `toolkits`: toolkits of the operator's own. */
  PATCHBAY_TOOLKITS_MODULE: z.string().optional(),
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: privateHostsSetting,
  /** `none`: tools are found by words alone. */
  PATCHBAY_SEARCH_MODEL: z.enum(['local', 'endpoint', 'none']).default('local'),
  /** With `endpoint`: an OpenAI-compatible API, to whose address `/embeddings` is added. */
  PATCHBAY_EMBEDDINGS_URL: z.url({ protocol: /^https?$/ }).optional(),
  PATCHBAY_EMBEDDINGS_MODEL: z.string().default('text-embedding-3-small'),
  PATCHBAY_EMBEDDINGS_API_KEY: z.string().optional(),
});
export type ToolsConfig = z.output<typeof toolsConfig>;

/** Whether trigger types that can be pushed are: else those that can be polled are polled. */
export function isReachable({
  PATCHBAY_TRIGGER_WEBHOOKS: webhooks,
  PUBLIC_URL,
}: Pick<ToolsConfig, 'PATCHBAY_TRIGGER_WEBHOOKS' | 'PUBLIC_URL'>): boolean {
  if (webhooks !== 'auto') return webhooks === 'on';
  const { protocol, hostname } = new URL(PUBLIC_URL);
  return protocol === 'https:' && !/^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname);
}
