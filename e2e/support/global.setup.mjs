import { startTestPlatform } from '@patchbay/testing';

/** Starts what every test file shares. Jest runs this outside the files' own modules: addresses go by environment. */
export default async function setup() {
  const started = await startTestPlatform();
  const { platform, github, slack, keyed, oidc } = started;
  globalThis.patchbayTestPlatform = started;
  Object.assign(process.env, {
    E2E_BASE_URL: platform.baseUrl,
    E2E_API_KEY: platform.apiKey,
    E2E_ORG_API_KEY: platform.orgApiKey,
    E2E_HOME: platform.home,
    E2E_DATABASE_URL: platform.postgres.url,
    E2E_NATS_URL: platform.nats.url,
    E2E_GITHUB_URL: github.url,
    E2E_SLACK_URL: slack.url,
    E2E_SLACK_TOKEN: slack.token,
    E2E_OIDC_URL: oidc.url,
    E2E_KEYED_URL: keyed.url,
    E2E_KEYS: JSON.stringify(keyed.keys),
    E2E_PASSWORDS: JSON.stringify(keyed.passwords),
    E2E_APP_SECRETS: JSON.stringify([github.clientSecret, slack.clientSecret, oidc.clientSecret]),
  });
}
