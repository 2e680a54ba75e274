import { prepareTestHomes, startTestPlatform } from '@patchbay/testing';

/** Starts what the test files share. Jest runs this outside the files' own modules: addresses go by environment. */
export default async function setup() {
  globalThis.patchbayTestHomes = await prepareTestHomes();
  const started = [];
  globalThis.patchbayTestPlatforms = started;
  for (let worker = 0; worker < Number(process.env.E2E_WORKERS); worker += 1) {
    const test = await startTestPlatform();
    started.push({ ...test, replica: await test.platform.startReplica('gateway') });
  }
  process.env.E2E_PLATFORMS = JSON.stringify(started.map(describe));
}

function describe({ platform, replica, github, slack, keyed, oidc, mcp }) {
  return {
    baseUrl: platform.baseUrl,
    replica: { url: replica.url, pid: replica.pid },
    apiKey: platform.apiKey,
    orgApiKey: platform.orgApiKey,
    home: platform.home,
    databaseUrl: platform.postgres.url,
    natsUrl: platform.nats.url,
    githubUrl: github.url,
    slackUrl: slack.url,
    slackToken: slack.token,
    oidcUrl: oidc.url,
    keyedUrl: keyed.url,
    mcpUrl: mcp.url,
    keys: keyed.keys,
    passwords: keyed.passwords,
    appSecrets: [github.clientSecret, slack.clientSecret, oidc.clientSecret],
  };
}
