/*
 * Whether programs of MCP servers are ever left behind: `node bench/stdio-openings.mjs --openings 10000 --kills 10`. Each
 * opening starts a program in a sandbox, speaks with it and has it leave a child of its own behind; then it is closed,
 * its session is deleted, or it is left alone until it is idle. Between them the workbench is killed with SIGKILL and
 * started again. At the end no process of any of them may be there, and the service must hold no more than at the beginning.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  closeStdio,
  exchangeStdio,
  listStdioPackages,
  newId,
  openStdio,
  sessionDeleted,
} from '@patchbay/contracts';
import { Bus, createLogger, ensureEventStream, NatsClient } from '@patchbay/service';
import {
  createDatabase,
  startNats,
  startNpmRegistry,
  startPostgres,
  stdioServerPackage,
} from '@patchbay/testing';

const { values } = parseArgs({
  options: {
    openings: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '10' },
    'at-once': { type: 'string', default: '6' },
    /** After so long no further one is begun. */
    seconds: { type: 'string', default: '3600' },
  },
});
const [openings, kills, atOnce, seconds] = ['openings', 'kills', 'at-once', 'seconds'].map((name) =>
  Number(values[name]),
);
const IDLE_SECONDS = 2;
const SAMPLES = 10;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAME = '@patchbay-test/stdio-server';
/** In the environment of each program, and so of each that it starts. */
const TAG = `BENCH_${randomUUID()}`;

const folder = mkdtempSync(join(tmpdir(), 'patchbay-openings-'));
chmodSync(folder, 0o711);
const logger = createLogger('bench', 'silent');
const [nats, postgres, registry] = await Promise.all([
  startNats(),
  startPostgres({ ephemeral: true }),
  startNpmRegistry([stdioServerPackage()]),
]);
const databaseUrl = await createDatabase(postgres.url);
const client = await NatsClient.connect('tools', { NATS_URL: nats.url }, logger);
await ensureEventStream(client);
const bus = new Bus(client, logger);
const environment = {
  PATH: process.env.PATH,
  LOG_LEVEL: 'error',
  NATS_URL: nats.url,
  DATABASE_URL: databaseUrl,
  PATCHBAY_FILES_DIR: join(folder, 'files'),
  PATCHBAY_FILES_SECRET: 'a secret of this measurement',
  PATCHBAY_GATEWAY_URL: 'http://127.0.0.1:9',
  PUBLIC_URL: 'http://127.0.0.1:9',
  PATCHBAY_WORKBENCH_WARM: '0',
  PATCHBAY_WORKBENCH_PROJECT_SHARE: '1',
  PATCHBAY_STDIO_ALLOWED: `npm:${NAME}@1.0.0`,
  PATCHBAY_STDIO_NPM_REGISTRY: registry.url,
  PATCHBAY_STDIO_DIR: join(folder, 'stdio'),
  PATCHBAY_STDIO_MAX_PROCESSES: String(atOnce * 4),
  PATCHBAY_STDIO_IDLE_SECONDS: String(IDLE_SECONDS),
};
const counts = {
  opened: 0,
  closed: 0,
  deleted: 0,
  'left alone': 0,
  'met by a kill': 0,
  'refused, no place': 0,
  'not answered': 0,
};
const samples = [];
const isLeft = [];
/** Of each that was started: their sandboxes' control groups are called by them. */
const servicePids = [];
let service;
let restarting = Promise.resolve();
let killed = 0;
let begun = 0;
const startedAt = Date.now();

try {
  await migrated();
  service = await start();
  let nextKill = openings / (kills + 1);
  let nextSample = 0;
  const until = Date.now() + seconds * 1000;
  const worker = async () => {
    while (begun < openings && Date.now() < until) {
      begun += 1;
      const number = begun;
      if (number >= nextKill && killed < kills) {
        nextKill += openings / (kills + 1);
        killed += 1;
        restarting = killAndStart();
      }
      await restarting;
      if (number >= nextSample) {
        nextSample += openings / SAMPLES;
        samples.push(sample(number));
        console.log(JSON.stringify(samples.at(-1)));
      }
      await opening(number);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  await goneAfter('the last one was idle', IDLE_SECONDS + 15);
  samples.push(sample(begun));
  console.log(JSON.stringify(samples.at(-1)));
  service.kill('SIGTERM');
  await ended(service);
  await goneAfter('the service stopped', 1);
  console.log(
    `${begun} openings, ${killed} SIGKILLs, ${Math.round((Date.now() - startedAt) / 1000)} s: ${JSON.stringify(counts)}`,
  );
  console.log(`processes left behind: ${isLeft.join('; ') || 'none'}`);
  console.log(`control groups left: ${groups().length}`);
  if (isLeft.length > 0) process.exitCode = 1;
} finally {
  service?.kill('SIGKILL');
  await client.close();
  await Promise.all([nats.stop(), postgres.stop(), registry.close()]);
  rmSync(folder, { recursive: true, force: true });
}

async function opening(number) {
  const owner = {
    projectId: newId('project'),
    toolkit: 'bench',
    userId: `user ${number}`,
    sessionId: newId('session'),
    connectionId: null,
  };
  const program = { registryType: 'npm', identifier: NAME, version: '1.0.0', environment: { TAG } };
  const before = killed;
  try {
    const { line } = await bus.request(openStdio, { owner, program });
    await ask(line, 1, 'initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'b', version: '1' },
    });
    const said = await ask(line, 2, 'tools/call', { name: 'orphan', arguments: {} });
    if (!said.includes('left one')) throw new Error(said);
    counts.opened += 1;
    if (number % 3 === 0) {
      await bus.publish(
        sessionDeleted,
        bus.envelop(owner.projectId, { sessionId: owner.sessionId, userId: owner.userId, configVersion: 1 }),
      );
      counts.deleted += 1;
    } else if (number % 3 === 1) {
      await bus.request(closeStdio, { line });
      counts.closed += 1;
    } else {
      counts['left alone'] += 1;
    }
  } catch (error) {
    if (killed !== before) counts['met by a kill'] += 1;
    else if (/PATCHBAY_STDIO_MAX/.test(error.suggestion ?? '')) counts['refused, no place'] += 1;
    else {
      counts['not answered'] += 1;
      if (counts['not answered'] <= 3) console.log(`opening ${number}: ${error.code} ${error.message}`);
    }
  }
}

async function ask(line, id, method, params) {
  const send = JSON.stringify({ jsonrpc: '2.0', id, method, params });
  const { received, isAnswered } = await bus.request(exchangeStdio, {
    line,
    send,
    awaits: id,
    waitMs: 30_000,
  });
  if (!isAnswered) throw new Error('no answer');
  return received.at(-1);
}

async function killAndStart() {
  const old = service;
  old.kill('SIGKILL');
  await ended(old);
  // Who is in the middle of an opening sees its end; the next one begins when the service is there again.
  await goneAfter(`SIGKILL ${killed}`, 10);
  service = await start();
}

async function migrated() {
  const child = spawn(process.execPath, ['libs/database/dist/migrate.js', 'apps/workbench'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, DATABASE_URL_WORKBENCH: databaseUrl },
    stdio: 'inherit',
  });
  if ((await ended(child)) !== 0) throw new Error('the migrations failed');
}

async function start() {
  const child = spawn(process.execPath, ['apps/workbench/dist/bundle/main.mjs'], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  servicePids.push(child.pid);
  child.endedWith = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  for (;;) {
    const answer = await bus.request(listStdioPackages, {}).catch(() => undefined);
    if (answer?.packages[0]?.state === 'installed') return child;
    if (answer?.packages[0]?.state === 'failed') throw new Error(answer.packages[0].reason);
    if (child.exitCode !== null) throw new Error('the workbench did not start');
    await delay(100);
  }
}

function ended(child) {
  return (
    child.endedWith ??
    new Promise((resolve) => {
      child.once('exit', resolve);
    })
  );
}

async function goneAfter(what, limitSeconds) {
  const until = Date.now() + limitSeconds * 1000;
  while (ours().length > 0 && Date.now() < until) await delay(50);
  const left = ours();
  if (left.length > 0) isLeft.push(`${left.length} after ${what}`);
}

/** Processes of programs, their children and their sandboxes, wherever they hang. */
function ours() {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const state = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.[0];
      if (state === 'Z') return false;
      return (
        readFileSync(`/proc/${name}/environ`, 'latin1').includes(TAG) ||
        servicePids.some((pid) =>
          readFileSync(`/proc/${name}/cgroup`, 'utf8').includes(`/patchbay-workbench/${pid}-`),
        ) ||
        (readFileSync(`/proc/${name}/comm`, 'utf8').startsWith('bwrap') &&
          readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(folder))
      );
    } catch {
      return false;
    }
  });
}

function groups() {
  const places = ['/sys/fs/cgroup/memory/patchbay-workbench', '/sys/fs/cgroup/patchbay-workbench'];
  return places.flatMap((place) => {
    try {
      return readdirSync(place).filter((name) => name.startsWith(`${service.pid}-`));
    } catch {
      return [];
    }
  });
}

function sample(at) {
  const status = readFileSync(`/proc/${service.pid}/status`, 'utf8');
  return {
    at,
    seconds: Math.round((Date.now() - startedAt) / 1000),
    kills: killed,
    descriptors: readdirSync(`/proc/${service.pid}/fd`).length,
    megabytes: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024),
    running: ours().length,
  };
}
