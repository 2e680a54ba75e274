import { z } from 'zod';

interface Limit {
  /** The setting that says how many in a window; 0 switches the limit off. */
  setting: `PATCHBAY_LIMIT_${string}`;
  most: number;
  /** What one key of the limit stands for. */
  per: 'project' | 'user' | 'address';
}

/** Every limit of how much may come in within a window of time. `docs/limits.md` says the same to operators. */
export const LIMITS = {
  /** Requests with a credential of a project; each message of an MCP batch is one. */
  project: { setting: 'PATCHBAY_LIMIT_PROJECT', most: 60_000, per: 'project' },
  /** Requests for one user of a project: in their sessions, or naming them. */
  user: { setting: 'PATCHBAY_LIMIT_USER', most: 30_000, per: 'user' },
  /** Sessions made. */
  sessions: { setting: 'PATCHBAY_LIMIT_SESSIONS', most: 600, per: 'project' },
  /** Connect links made. */
  links: { setting: 'PATCHBAY_LIMIT_LINKS', most: 100, per: 'user' },
  /** Keys and tokens that were refused. */
  failures: { setting: 'PATCHBAY_LIMIT_FAILURES', most: 60, per: 'address' },
  /** Link tokens that no link has. */
  guesses: { setting: 'PATCHBAY_LIMIT_GUESSES', most: 30, per: 'address' },
  /** Access codes that admit to nothing, and wrong keys on the page of a command line. */
  codes: { setting: 'PATCHBAY_LIMIT_CODES', most: 10, per: 'address' },
  /** Wrong passwords and sign-in links of the console. */
  signIns: { setting: 'PATCHBAY_LIMIT_SIGN_INS', most: 20, per: 'address' },
  /** Connect pages, providers' callbacks and the page of command lines. */
  pages: { setting: 'PATCHBAY_LIMIT_PAGES', most: 600, per: 'address' },
  /** Requests to the authorization server, besides registrations. */
  oauth: { setting: 'PATCHBAY_LIMIT_OAUTH', most: 600, per: 'address' },
  /** MCP clients registered and sign-ins of command lines begun: each is a row. */
  registrations: { setting: 'PATCHBAY_LIMIT_REGISTRATIONS', most: 60, per: 'address' },
  /** Files sent or fetched by a signed link. */
  files: { setting: 'PATCHBAY_LIMIT_FILES', most: 3_000, per: 'address' },
  /** What providers send to the addresses of webhooks. */
  webhooks: { setting: 'PATCHBAY_LIMIT_WEBHOOKS', most: 6_000, per: 'address' },
  /** Other requests without a credential. */
  anonymous: { setting: 'PATCHBAY_LIMIT_ANONYMOUS', most: 1_200, per: 'address' },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
export const LIMIT_NAMES = Object.keys(LIMITS) as LimitName[];

type SettingName = (typeof LIMITS)[LimitName]['setting'];

const count = (fallback: number) => z.coerce.number().int().min(0).max(1_000_000_000).default(fallback);

export const limitSettings = {
  ...(Object.fromEntries(
    LIMIT_NAMES.map((name) => [LIMITS[name].setting, count(LIMITS[name].most)]),
  ) as Record<SettingName, ReturnType<typeof count>>),
  /** The window of every limit, in seconds. See docs/api/conventions.md#rate-limit-headers. */
  PATCHBAY_LIMIT_WINDOW_SECONDS: z.coerce.number().int().min(1).max(3_600).default(60),
};
export type LimitSettings = z.output<z.ZodObject<typeof limitSettings>>;

/** One user of one project, as limits count them. */
export function userKey(projectId: string, userId: string): string {
  return `${projectId} ${userId}`;
}
