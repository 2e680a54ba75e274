/**
 * `node infra/verify/postgres.mjs [--no-suites]`: what is said of Postgres, run: a role a schema over TLS, a primary
 * killed under load and its standby promoted, PgBouncer in transaction mode under load and killed, and end-to-end tests
 * through it.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startPlatform } from '@patchbay/local';
import { createTestHome, eventually, runSql } from '@patchbay/testing';
import { makeCertificates } from '@patchbay/testing/certificates';
import {
  isWhole,
  linesOf,
  settingsForCounting,
  startCountedCalls,
} from '../../e2e/scripts/counted.calls.mjs';
import { startCountingProvider } from '../../e2e/scripts/counting.provider.mjs';
import { runChecks, runTests } from './checks.mjs';
import { startLink } from './links.mjs';
import { loginOf, serverFolder, startPair, startPooler } from './postgres-servers.mjs';
import { startSessions } from './sessions.mjs';

const { values } = parseArgs({ options: { 'no-suites': { type: 'boolean', default: false } } });

/** End-to-end tests that between them use every service's tables, its locks, leases and lists. */
const SUITES = ['sessions', 'connect', 'idempotency', 'triggers', 'people', 'record-api', 'files', 'audit'];
const LIMIT = { timeout: 60_000 };

await runChecks('postgres', async (check) => {
  const folder = serverFolder();
  const strange = join(folder, 'strange');
  mkdirSync(strange);
  const [files, others] = await Promise.all([makeCertificates(folder), makeCertificates(strange)]);
  const { first, second } = await startPair(folder, files);
  const address = await startLink(first.port);
  try {
    const tls = { port: address.port, sslmode: 'verify-full', sslrootcert: files.ca };
    await checkDirectly(check, { first, second, address, tls, strange: others.ca });
    // From here on the second server is the one that there is.
    await checkPooled(check, second.url);
  } finally {
    address.close();
    await Promise.all([first.stop('SIGKILL'), second.stop('SIGKILL')]);
    rmSync(folder, { recursive: true, force: true });
  }
  if (!values['no-suites']) {
    await check('end-to-end tests through PgBouncer', async () => {
      const files = SUITES.map((name) => `test/${name}.test.ts`);
      return `${await runTests('e2e', files, { E2E_POOLER: '1' })} passed`;
    });
  }
});

async function checkDirectly(check, { first, second, address, tls, strange }) {
  const login = (service) => loginOf(first.url, service, tls);
  const admin = Object.assign(new URL(first.url), { hostname: 'localhost', port: String(address.port) });
  await withPlatform({ env: { DATABASE_URL: admin.href }, logins: { database: login } }, async (used) => {
    await check('each service by a role of its own, over TLS', async () => {
      const rows = await runSql(
        first.url,
        `SELECT usename, application_name, ssl FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)
         WHERE application_name LIKE 'patchbay-%'`,
      );
      const wrong = rows.filter((row) => !row.ssl || row.usename !== row.application_name.replace('-', '_'));
      if (rows.length === 0 || wrong.length > 0) throw new Error(JSON.stringify(wrong));
      return `${rows.length} connections`;
    });
    await check('a server that another authority vouches for is not believed', async () => {
      const refusal = await runSql(
        loginOf(first.url, 'auth', { ...tls, sslrootcert: strange }),
        'SELECT 1',
      ).then(
        () => 'it was believed',
        (error) => error.message,
      );
      if (!/certificate/.test(refusal)) throw new Error(refusal);
      return refusal;
    });
    await check('the primary killed under load, its standby promoted', () =>
      underLoad(used, async () => {
        await eventually(async () => {
          const [row] = await runSql(first.url, 'SELECT sync_state FROM pg_stat_replication');
          if (row?.sync_state !== 'sync') throw new Error('the standby does not follow yet');
        }, LIMIT);
        await delay(3_000);
        await first.stop('SIGKILL');
        await delay(3_000);
        await runSql(second.url, 'SELECT pg_promote()');
        address.leadTo(second.port);
      }),
    );
  });
}

async function checkPooled(check, url) {
  const pooler = await startPooler(url);
  const logins = { database: pooler.urlOf, migrations: (service) => loginOf(url, service) };
  try {
    await withPlatform({ env: { DATABASE_URL: url }, logins }, (used) =>
      check('PgBouncer in transaction mode, killed under load', () =>
        underLoad(used, async () => {
          await delay(5_000);
          await pooler.stop('SIGKILL');
          await delay(2_000);
          await pooler.start();
          await delay(3_000);
        }),
      ),
    );
  } finally {
    await pooler.stop();
  }
}

async function withPlatform({ env, logins }, work) {
  const home = await createTestHome();
  const provider = await startCountingProvider();
  let platform;
  try {
    const settings = await settingsForCounting(home, provider);
    platform = await startPlatform({
      home,
      env: { ...settings, PATCHBAY_LIMIT_SESSIONS: '0', ...env },
      logins,
    });
    await work({ platform, provider });
  } finally {
    await platform?.stop();
    provider.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Calls, and sessions that are made, without pause; afterwards nothing that was acknowledged may be missing. */
async function underLoad({ platform, provider }, work) {
  const calls = await startCountedCalls(platform, provider, { atOnce: 10 });
  const sessions = startSessions(platform);
  try {
    await work();
    await platform.untilReady();
    await delay(3_000);
  } finally {
    await Promise.all([calls.stop(), sessions.stop()]);
  }
  const counts = await calls.count();
  for (const line of linesOf(counts)) console.log(`  ${line}`);
  if (!isWhole(counts)) throw new Error(linesOf(counts).slice(1).join('; '));
  const { made, lost, refusals } = await sessions.count();
  const others = Object.keys(refusals).filter((status) => status !== '503');
  if (lost > 0 || others.length > 0 || made === 0) throw new Error(JSON.stringify({ made, lost, refusals }));
  return `${counts.succeeded} of ${counts.calls} calls answered, 0 lost; ${made} sessions made, 0 lost, ${refusals[503] ?? 0} refused as 503`;
}
