import { randomBytes } from 'node:crypto';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests by jest, whose global set-up sets it.`);
  return value;
}

const byName = (name: string) => JSON.parse(required(name)) as Record<'ada' | 'grace' | 'linus', string>;

/** Where the shared platform and the providers are, and what people know there. */
export const environment = {
  baseUrl: required('E2E_BASE_URL'),
  apiKey: required('E2E_API_KEY'),
  orgApiKey: required('E2E_ORG_API_KEY'),
  home: required('E2E_HOME'),
  databaseUrl: required('E2E_DATABASE_URL'),
  natsUrl: required('E2E_NATS_URL'),
  githubUrl: required('E2E_GITHUB_URL'),
  slackUrl: required('E2E_SLACK_URL'),
  slackToken: required('E2E_SLACK_TOKEN'),
  oidcUrl: required('E2E_OIDC_URL'),
  keyedUrl: required('E2E_KEYED_URL'),
  /** API keys and passwords that the keyed API takes, by their owner. */
  keys: byName('E2E_KEYS'),
  passwords: byName('E2E_PASSWORDS'),
  /** The secrets of the operator's OAuth apps. */
  appSecrets: JSON.parse(required('E2E_APP_SECRETS')) as string[],
};

/** A name that no other test uses: the files share one platform, and nothing is cleaned up between them. */
export function unique(name: string): string {
  return `${name}-${randomBytes(5).toString('hex')}`;
}
