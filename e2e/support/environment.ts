import { randomBytes } from 'node:crypto';

/** Where a shared platform and the providers are, and what people know there; see `global.setup.mjs`. */
export interface Environment {
  baseUrl: string;
  /** One more gateway of the same platform, for `mcp-replicas.test.ts` alone, which kills it in the end. */
  replica: { url: string; pid: number };
  /** What its gateways are given to start with, for a test that starts one with settings of its own. */
  gateway: Record<string, string>;
  apiKey: string;
  orgApiKey: string;
  userApiKey: string;
  home: string;
  databaseUrl: string;
  /** How each service with tables logs in to it. */
  databaseLogins: Record<string, string>;
  natsUrl: string;
  githubUrl: string;
  slackUrl: string;
  slackToken: string;
  googleUrl: string;
  googleToken: string;
  stripeUrl: string;
  stripeToken: string;
  oidcUrl: string;
  keyedUrl: string;
  /** Upstream MCP servers, one a name. */
  mcpUrl: string;
  /** API keys and passwords that the keyed API takes, by their owner. */
  keys: Record<'ada' | 'grace' | 'linus', string>;
  passwords: Record<'ada' | 'grace' | 'linus', string>;
  /** The secrets of the operator's OAuth apps. */
  appSecrets: string[];
}

function platforms(): Environment[] {
  const { E2E_PLATFORMS } = process.env;
  if (!E2E_PLATFORMS)
    throw new Error('Run these tests by Vitest, whose global set-up starts what they need.');
  return JSON.parse(E2E_PLATFORMS) as Environment[];
}

/** Every platform that the files of this run share, a worker each. */
export const environments = platforms();

/** The one of this worker: its files run one after another. */
export const environment = environments[Number(process.env['VITEST_POOL_ID'] ?? 1) - 1]!;

/** What a program of a customer has set. */
export const customersVariables = {
  ...process.env,
  PATCHBAY_API_KEY: environment.apiKey,
  PATCHBAY_URL: environment.baseUrl,
};

/** A name that no other test uses: the files share one platform, and nothing is cleaned up between them. */
export function unique(name: string): string {
  return `${name}-${randomBytes(5).toString('hex')}`;
}
