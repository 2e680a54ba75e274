/**
 * `node infra/verify/upgrade.mjs [--release REVISION] [--built FOLDER]`: the last release, built from git, under load; this
 * version's migrations beside it, then each of its services replaced by this version's, back, and forward again. No call
 * and no other request may fail.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serviceNames, startNats, startPostgres, waitUntil } from '@patchbay/local';
import {
  isWhole,
  linesOf,
  settingsForCounting,
  startCountedCalls,
} from '../../e2e/scripts/counted.calls.mjs';
import { startCountingProvider } from '../../e2e/scripts/counting.provider.mjs';
import { root, runChecks, runProgram } from './checks.mjs';
import { loginOf } from './postgres-servers.mjs';
import { startRequests } from './requests.mjs';
import { startBalancer, startService } from './versions.mjs';

const { values } = parseArgs({ options: { release: { type: 'string' }, built: { type: 'string' } } });

/** Who is asked before who asks: a new version answers what the one before asks, and not the other way round. */
const ORDER = ['auth', 'tools', 'workbench', 'logs', 'sessions', 'triggers', 'gateway'];
const BACK = ORDER.toReversed();
const OWNERS = ORDER.filter((name) => name !== 'gateway');
const LOAD_MS = 5_000;

await runChecks('upgrade', async (check) => {
  const release = values.release ?? lastRelease();
  const checkout = values.built ?? (await build(release));
  try {
    await withVersions(checkout, (versions) => checkUpgrade(check, versions));
  } finally {
    if (!values.built) git('worktree', 'remove', '--force', checkout);
  }
});

/** @returns whether all was as it should be */
async function checkUpgrade(check, { old, current, platform, provider, roll, migrate }) {
  await migrate(old);
  await roll(
    old,
    ORDER.filter((name) => old.has(name)),
  );
  const calls = await startCountedCalls(platform, provider, { atOnce: 10 });
  const requests = startRequests(platform);
  const failuresSoFar = () => [...calls.told.failures, ...requests.told.failures];
  const without = (name, work) =>
    check(name, async () => {
      const before = new Set(failuresSoFar());
      const [made, asked] = [calls.told.calls, requests.told.requests];
      await work();
      await delay(LOAD_MS);
      const failed = failuresSoFar().filter((failure) => !before.has(failure));
      if (failed.length > 0) throw new Error(`${failed.length} failed, as the first did: ${failed[0].text}`);
      return `0 of ${calls.told.calls - made} calls and ${requests.told.requests - asked} other requests failed`;
    });
  const whole = async () => {
    const counts = await calls.count();
    if (!isWhole(counts)) throw new Error(linesOf(counts).slice(1).join('; '));
    return counts;
  };
  const steps = [
    await without('the last release, under load', () => delay(LOAD_MS)),
    await without('the migrations of this version beside it', () => migrate(current)),
    await without('each service replaced by this version', () => roll(current, ORDER)),
    await without('and back again, where all is on the record so far', () => roll(old, BACK).then(whole)),
    await without('and to this version once more', () => roll(current, ORDER)),
    await check('nothing is lost, nothing is there twice', async () => {
      await Promise.all([calls.stop(), requests.stop()]);
      const { succeeded, recorded } = await whole();
      const used = await countUsage(platform);
      const all = recorded + requests.told.calls;
      if (used !== all) throw new Error(`usage counts ${used} calls, and ${all} were made`);
      return `${succeeded} calls`;
    }),
  ];
  return steps.every(Boolean);
}

/** What the tools' usage adds up to, of which the last release counted a part. */
async function countUsage({ baseUrl, apiKey }) {
  const answer = await fetch(`${baseUrl}/api/v3.1/project/usage/tool_calls`, {
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ group_by: 'tool_slug' }),
  });
  const { groups } = await answer.json();
  return groups.reduce((sum, { total_quantity: calls }) => sum + Number(calls), 0);
}

/** Both versions on one Postgres, one NATS and one address, of which one or both serve. */
async function withVersions(checkout, work) {
  const home = mkdtempSync(join(tmpdir(), 'patchbay-verify-upgrade-'));
  execFileSync('chmod', ['755', home]);
  mkdirSync(join(home, 'logs'));
  const ending = [];
  const running = new Map();
  let isGood = false;
  try {
    const provider = await startCountingProvider();
    ending.push(() => provider.close());
    const balancer = await startBalancer();
    ending.push(() => balancer.close());
    const postgres = await startPostgres({ dataDir: join(home, 'postgres') });
    ending.push(() => postgres.stop());
    const nats = await startNats({
      storeDir: join(home, 'nats'),
      config: join(root, 'infra/nats/nats.conf'),
      env: Object.fromEntries(
        serviceNames.map((name) => [`NATS_${name.toUpperCase()}_PASSWORD`, `secret-${name}`]),
      ),
    });
    ending.push(() => nats.stop());
    const apiKey = 'ak_of_the_upgrade_000000';
    const shared = {
      ...(await settingsForCounting(home, provider)),
      // What is said of a start is waited for.
      LOG_LEVEL: 'info',
      PATCHBAY_API_KEY: apiKey,
      PATCHBAY_ORG_API_KEY: 'oak_of_the_upgrade_000000',
      PATCHBAY_ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64'),
      PATCHBAY_FILES_DIR: join(home, 'files'),
      PATCHBAY_FILES_SECRET: 'secret-of-files-000000000000',
      PATCHBAY_HOME: home,
      PATCHBAY_WORKBENCH_DRIVER: 'none',
      PUBLIC_URL: balancer.url,
    };
    const version = (folder) => ({
      folder,
      has: (name) =>
        execFileSync('ls', [join(folder, 'apps')])
          .toString()
          .split('\n')
          .includes(name),
      start: (name) =>
        startService({
          checkout: folder,
          name,
          logFile: join(home, 'logs', `${name}.log`),
          env: {
            ...shared,
            NATS_URL: `nats://${name}:secret-${name}@127.0.0.1:${nats.port}`,
            DATABASE_URL: loginOf(postgres.url, name),
          },
        }),
    });
    isGood = await work({
      old: version(checkout),
      current: version(root),
      platform: { baseUrl: balancer.url, apiKey },
      provider,
      migrate: ({ folder, has }) => {
        const own = OWNERS.map((name) => [`DATABASE_URL_${name.toUpperCase()}`, loginOf(postgres.url, name)]);
        const apps = OWNERS.filter(has).map((name) => `apps/${name}`);
        return runProgram(process.execPath, ['libs/database/dist/migrate.js', ...apps], {
          cwd: folder,
          env: { PATH: process.env.PATH, DATABASE_URL: postgres.url, ...Object.fromEntries(own) },
        });
      },
      /** One service after the other: the new process first, then the end of the one before. */
      roll: async (to, names) => {
        for (const name of names) {
          const before = running.get(name);
          running.delete(name);
          if (to.has(name)) {
            const started = await to.start(name);
            running.set(name, started);
            if (started.url) {
              const isReady = () =>
                fetch(`${started.url}/health/ready`).then(
                  ({ ok }) => ok,
                  () => false,
                );
              if (!(await waitUntil(isReady, { limitMs: 60_000 })))
                throw new Error('the gateway is not ready');
              balancer.add(started.url);
            }
          }
          if (before?.url) balancer.remove(before.url);
          await before?.stop();
          console.log(`  ${name}`);
        }
      },
    });
  } finally {
    await Promise.all([...running.values()].map((service) => service.stop()));
    for (const end of ending.toReversed()) await end();
    if (isGood) rmSync(home, { recursive: true, force: true });
    else console.log(`What the services logged is in ${home}/logs`);
  }
}

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}

/** The newest tag of a version, or where nobody has tagged it, the commit that brought the newest one of the changelog. */
function lastRelease() {
  const [tag] = git('tag', '--list', 'v*', '--sort=-version:refname', '--merged').split('\n');
  if (tag) return tag;
  const [, version] = /^## (\d+\.\d+\.\d+)/m.exec(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')) ?? [];
  const [commit] = git('log', '--reverse', '--format=%H', `-S## ${version}`, '--', 'CHANGELOG.md').split(
    '\n',
  );
  if (!commit) throw new Error('git knows of no release; name one by --release');
  return commit;
}

async function build(release) {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-verify-release-'));
  console.log(`  building ${release}`);
  git('worktree', 'add', '--detach', '--force', folder, release);
  await runProgram('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
  await runProgram(join(folder, 'node_modules/.bin/turbo'), ['run', 'build'], { cwd: folder });
  return folder;
}
