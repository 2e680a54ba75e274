/**
 * `node infra/verify/nats.mjs [--seconds 40] [--no-suites]`: what is said of NATS, run: the suites that speak to it
 * with the version that docker-compose pins and with the machine's own, and under load three servers of it with TLS,
 * certificates and the generated users, of which each is killed and each is cut off from the network.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { jetstreamManager } from '@nats-io/jetstream';
import { freePorts, serviceNames, startNats, startPlatform } from '@patchbay/local';
import { createLogger, ensureEventStream, NatsClient } from '@patchbay/service';
import { createTestHome, eventually } from '@patchbay/testing';
import { makeCertificates } from '@patchbay/testing/certificates';
import {
  isWhole,
  linesOf,
  settingsForCounting,
  startCountedCalls,
} from '../../e2e/scripts/counted.calls.mjs';
import { startCountingProvider } from '../../e2e/scripts/counting.provider.mjs';
import { root, runChecks, runTests } from './checks.mjs';
import { startLink } from './links.mjs';
import { ownServer, withServer } from './nats-server.mjs';
import { pinnedNats, program } from './programs.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '40' }, 'no-suites': { type: 'boolean', default: false } },
});
/** How long a server is cut off: longer than a service takes to find its connection dead. */
const cutMs = Number(values.seconds) * 1_000;

const SUITES = [
  ['libs/service', ['src/nats', 'src/events', 'src/bus-events.test.ts', 'src/outage.test.ts', 'src/calls']],
  ['apps/gateway', ['src/idempotency']],
  ['e2e', ['test/nats-permissions.test.ts']],
];
const STREAMS = ['EVENTS', 'REPEAT_KEYS', 'REPEAT_TRIES'];

await runChecks('nats', async (check) => {
  const pinned = pinnedNats();
  const own = await ownServer();
  const folder = dirname(program('nats-server'));
  if (!values['no-suites']) {
    const versions = [{ version: pinned, folder }, ...(own && own.version !== pinned ? [own] : [])];
    for (const { version, folder: place } of versions) {
      await check(`tests with nats-server ${version}`, async () => {
        let passed = 0;
        for (const [workspace, files] of SUITES)
          passed += await runTests(workspace, files, withServer(place));
        return `${passed} passed`;
      });
    }
  }
  process.env.PATH = withServer(folder).PATH;
  await withCluster((cluster) => checkCluster(check, cluster, pinned));
});

async function checkCluster(check, cluster, version) {
  await check(`a stream grows from one server to three (${version}, TLS, client certificates)`, async () => {
    await keepOn(cluster, 1);
    await keepOn(cluster, 3);
    await eventually(async () => requireCopies(await clusterOf(cluster, 'EVENTS')), { timeout: 60_000 });
    return 'EVENTS: 1 → 3';
  });
  const home = await createTestHome();
  const provider = await startCountingProvider();
  let platform;
  try {
    platform = await startPlatform({
      home,
      env: {
        ...(await settingsForCounting(home, provider)),
        NATS_URL: cluster.urlOf(),
        ...cluster.settings,
        PATCHBAY_NATS_REPLICAS: '3',
      },
      logins: { nats: cluster.urlOf },
    });
    await check('the platform on three servers, each stream on all of them', async () => {
      for (const name of STREAMS) {
        await eventually(async () => requireCopies(await clusterOf(cluster, name)), { timeout: 60_000 });
      }
      return STREAMS.join(', ');
    });
    await check('each server killed in turn under load', () =>
      underLoad(platform, provider, async () => {
        for (const server of cluster.servers) {
          await server.stop('SIGKILL');
          await delay(3_000);
          await server.start();
          await whole(cluster, platform);
        }
      }),
    );
    await check('each server cut off from the network in turn under load', () =>
      underLoad(platform, provider, async () => {
        for (const index of cluster.servers.keys()) {
          cluster.cut(index);
          await delay(cutMs);
          cluster.mend(index);
          await whole(cluster, platform);
        }
      }),
    );
  } finally {
    await platform?.stop();
    provider.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Calls without pause while `work` is done, and the counts of the kill script. */
async function underLoad(platform, provider, work) {
  const calls = await startCountedCalls(platform, provider, { atOnce: 20 });
  try {
    await work();
  } finally {
    await calls.stop();
  }
  await platform.untilReady();
  const counts = await calls.count();
  for (const line of linesOf(counts)) console.log(`  ${line}`);
  if (!isWhole(counts)) throw new Error(linesOf(counts).slice(1).join('; '));
  const silence = (calls.told.longestSilenceMs / 1_000).toFixed(0);
  return `${counts.succeeded} of ${counts.calls} calls answered, 0 lost, 0 twice, at most ${silence} s without an answer`;
}

/** All servers have all streams again, and the platform can be used. */
async function whole(cluster, platform) {
  await platform.untilReady();
  for (const name of STREAMS) {
    await eventually(async () => requireCopies(await clusterOf(cluster, name)), { timeout: 120_000 });
  }
}

function requireCopies({ leader, replicas = [] } = {}) {
  const current = replicas.filter((replica) => replica.current && !replica.offline);
  if (!leader || current.length !== 2)
    throw new Error(`led by ${leader}, with ${current.length} of 2 followers`);
}

async function clusterOf(cluster, stream) {
  const service = stream === 'EVENTS' ? 'logs' : 'gateway';
  return withClient(cluster, service, {}, async ({ connection }) => {
    const { streams } = await jetstreamManager(connection, { timeout: 3_000, checkAPI: false });
    return (await streams.info(stream)).cluster;
  });
}

async function keepOn(cluster, replicas) {
  await eventually(
    () =>
      withClient(cluster, 'logs', { PATCHBAY_NATS_REPLICAS: replicas }, (nats) => ensureEventStream(nats)),
    { timeout: 60_000 },
  );
}

async function withClient(cluster, service, settings, work) {
  const { NATS_CA, NATS_CERT, NATS_KEY } = cluster.settings;
  const given = { NATS_URL: cluster.urlOf(service), NATS_CA, NATS_CERT, NATS_KEY, ...settings };
  const nats = await NatsClient.connect(service, given, createLogger('gateway', 'silent'));
  try {
    return await work(nats);
  } finally {
    await nats.close();
  }
}

/** Three servers by `infra/nats/cluster.conf`, whose every connection, with each other and with services, can be cut. */
async function withCluster(work) {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-verify-nats-'));
  const links = [];
  const link = async (from, to, port) => {
    const made = await startLink(port);
    links.push({ made, ends: [from, to] });
    return made.port;
  };
  const servers = [];
  try {
    const certificates = await makeCertificates(folder);
    const passwords = Object.fromEntries(
      serviceNames.map((name) => [`NATS_${name.toUpperCase()}_PASSWORD`, `secret-of-${name}`]),
    );
    const indexes = [0, 1, 2];
    const first = await freePorts(6);
    const doors = [];
    for (const index of indexes) doors.push(await link(index, 'services', first + index));
    const starts = indexes.map(async (index) => {
      const routes = [];
      for (const other of indexes.filter((one) => one !== index)) {
        routes.push(`nats://localhost:${await link(index, other, first + 3 + other)}`);
      }
      // What the others are told is an address at which nobody is: else they would find ways around the links.
      const listen = `nats://127.0.0.1:${first + 3 + index}`;
      servers[index] = await startNats({
        config: join(root, 'infra/nats/cluster.conf'),
        args: ['--cluster', listen, '--cluster_advertise', 'localhost:1'],
        port: first + index,
        storeDir: join(folder, `server-${index}`),
        env: {
          ...passwords,
          NATS_SERVER_NAME: `server-${index}`,
          NATS_ROUTES: JSON.stringify(routes),
          NATS_TLS_CERT: certificates.cert,
          NATS_TLS_KEY: certificates.key,
          NATS_TLS_CA: certificates.ca,
        },
      });
    });
    await Promise.all(starts);
    const addresses = doors.map((port) => `localhost:${port}`);
    const of = (index) => links.filter(({ ends }) => ends.includes(index));
    await work({
      servers,
      settings: { NATS_CA: certificates.ca, NATS_CERT: certificates.cert, NATS_KEY: certificates.key },
      urlOf: (service) => {
        const login = service ? `${service}:secret-of-${service}@` : '';
        return addresses.map((address) => `tls://${login}${address}`).join(',');
      },
      cut: (index) => of(index).forEach(({ made }) => made.cut()),
      mend: (index) => of(index).forEach(({ made }) => made.mend()),
    });
  } finally {
    await Promise.all(servers.map((server) => server?.stop('SIGKILL')));
    for (const { made } of links) made.close();
    await rm(folder, { recursive: true, force: true });
  }
}
