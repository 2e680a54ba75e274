import {
  databaseUrlSetting,
  privateHostsSetting,
  publicUrlSetting,
  serviceSettings,
} from '@patchbay/service';
import { filesSettings } from '@patchbay/files';
import { z } from 'zod';
import { stdioSettings } from './stdio-packages/index.js';

const count = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback);

export const workbenchConfig = z.object({
  ...serviceSettings,
  ...filesSettings,
  DATABASE_URL: databaseUrlSetting,
  PUBLIC_URL: publicUrlSetting,
  PATH: z.string().default('/usr/local/bin:/usr/bin:/bin'),
  /** How sandboxes are made. `none` switches the workbench off. */
  PATCHBAY_WORKBENCH_DRIVER: z.enum(['bubblewrap', 'kubernetes', 'none']).default('bubblewrap'),
  /** Python in the sandboxes of bubblewrap; it has to be below /usr. */
  PATCHBAY_WORKBENCH_PYTHON: z.string().startsWith('/usr/').default('/usr/bin/python3'),
  /** Control groups: where they are mounted, or a folder of version 2 that this service may write to. */
  PATCHBAY_WORKBENCH_CGROUP: z.string().startsWith('/').default('/sys/fs/cgroup'),
  /** Sandboxes of one replica at once. */
  PATCHBAY_WORKBENCH_MAX_SANDBOXES: count(20),
  /** The part of a replica's slots, for sandboxes and for runs, that one project may have. */
  PATCHBAY_WORKBENCH_PROJECT_SHARE: z.coerce.number().gt(0).max(1).default(0.5),
  /** Megabytes that are stored of all the suspended sandboxes of a project. */
  PATCHBAY_WORKBENCH_PROJECT_ARCHIVE_MB: count(10_240),
  /** Sandboxes started ahead of time, for sessions to come. */
  PATCHBAY_WORKBENCH_WARM: count(1, 0),
  /** After this long without a call a sandbox is suspended. */
  PATCHBAY_WORKBENCH_IDLE_SECONDS: count(600),
  /** The longest that a cell or a command may take. */
  PATCHBAY_WORKBENCH_TIME_LIMIT_SECONDS: count(180),
  /** Megabytes for each of home, mount and temporary files. They count as memory too. */
  PATCHBAY_WORKBENCH_DISK_MB: count(256),
  /** Processes and threads of one sandbox. */
  PATCHBAY_WORKBENCH_PROCESSES: count(64, 8),
  /** Helper calls of one sandbox in a second; what comes above it waits. */
  PATCHBAY_WORKBENCH_HELPER_CALLS_PER_SECOND: count(100),
  /** Where this service reaches the gateway; by default at PUBLIC_URL. */
  PATCHBAY_GATEWAY_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Namespace, image and runtime class of the pods of the driver `kubernetes`. */
  PATCHBAY_WORKBENCH_K8S_NAMESPACE: z.string().min(1).default('patchbay-sandboxes'),
  PATCHBAY_WORKBENCH_K8S_IMAGE: z.string().min(1).default('python:3.12-slim'),
  PATCHBAY_WORKBENCH_K8S_RUNTIME_CLASS: z.string().min(1).optional(),
  // Back ends of helpers: without one, its helper's error names the setting.
  /** An API that speaks OpenAI's chat completions, for instance https://api.openai.com/v1. */
  PATCHBAY_LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  PATCHBAY_LLM_API_KEY: z.string().min(1).optional(),
  PATCHBAY_LLM_MODEL: z.string().min(1).optional(),
  /** A SearXNG with its JSON format switched on, for instance https://searx.example.com. */
  PATCHBAY_WEB_SEARCH_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The longest that either may take for an answer. */
  PATCHBAY_HELPER_TIME_LIMIT_SECONDS: z.coerce.number().int().min(1).max(180).default(120),
  ...stdioSettings,
  /** Private hosts that programs of MCP servers may reach, where they are listed for their package too. */
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: privateHostsSetting,
});
export type WorkbenchConfig = z.output<typeof workbenchConfig>;
