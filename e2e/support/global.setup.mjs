import { prepareTestHomes, startTestPlatform } from '@patchbay/testing';
import { startPooledPostgres } from '../../infra/verify/postgres-servers.mjs';
import { WORKERS } from './workers.mjs';

const OWNERS = ['auth', 'sessions', 'tools', 'workbench', 'logs', 'triggers'];

/**
 * Starts what the test files share. Vitest runs this before its workers, which find the addresses in their environment.
 * Gives what stops it all; E2E_KEEP_HOME=1 keeps the platforms' data and logs for a look;
 * with E2E_POOLER=1 the services reach Postgres through PgBouncer.
 */
export default async function setup() {
  const homes = await prepareTestHomes();
  const started = [];
  const servers = [];
  const stop = async () => {
    const keepHome = process.env.E2E_KEEP_HOME === '1';
    for (const one of started) {
      await one.stop({ keepHome });
      if (keepHome) console.log(`A platform's data and logs are in ${one.platform.home}`);
    }
    for (const server of servers) await server.stop();
    await homes.remove();
  };
  try {
    for (let worker = 0; worker < WORKERS; worker += 1) {
      const pooled = process.env.E2E_POOLER === '1' ? await startPooledPostgres() : undefined;
      if (pooled) servers.push(pooled);
      const test = await startTestPlatform(pooled && { DATABASE_URL: pooled.url }, pooled?.logins);
      started.push({ ...test, pooled, replica: await test.platform.startReplica('gateway') });
    }
    process.env.E2E_PLATFORMS = JSON.stringify(started.map(describe));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

function describe({ platform, pooled, replica, github, slack, google, stripe, keyed, oidc, mcp }) {
  return {
    baseUrl: platform.baseUrl,
    replica: { url: replica.url, pid: replica.pid },
    gateway: platform.environmentOf('gateway'),
    apiKey: platform.apiKey,
    orgApiKey: platform.orgApiKey,
    userApiKey: platform.userApiKey,
    home: platform.home,
    databaseUrl: pooled?.url ?? platform.postgres.url,
    databaseLogins: Object.fromEntries(
      OWNERS.map((name) => [name, platform.environmentOf(name).DATABASE_URL]),
    ),
    natsUrl: platform.nats.url,
    githubUrl: github.url,
    slackUrl: slack.url,
    slackToken: slack.token,
    googleUrl: google.url,
    googleToken: google.token,
    stripeUrl: stripe.url,
    stripeToken: stripe.token,
    oidcUrl: oidc.url,
    keyedUrl: keyed.url,
    mcpUrl: mcp.url,
    keys: keyed.keys,
    passwords: keyed.passwords,
    appSecrets: [github.clientSecret, slack.clientSecret, oidc.clientSecret, oidc.console.clientSecret],
  };
}
