import { startTestPlatform } from '@patchbay/testing';

/** Starts what every test file shares. Jest runs this outside the files' own modules: addresses go by environment. */
export default async function setup() {
  const started = await startTestPlatform();
  const { platform, github } = started;
  globalThis.patchbayTestPlatform = started;
  Object.assign(process.env, {
    E2E_BASE_URL: platform.baseUrl,
    E2E_API_KEY: platform.apiKey,
    E2E_ORG_API_KEY: platform.orgApiKey,
    E2E_HOME: platform.home,
    E2E_GITHUB_URL: github.url,
  });
}
