// What one call, one account and one session leave and cost, for the arithmetic of docs/scaling.md:
// node bench/footprint.mjs prints it as JSON; --write puts it where `scaling.mjs` reads it.
import { readFileSync, writeFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startChild } from './child.mjs';
import { cpuBetween, cpuOf, mapValues } from './cpu.mjs';
import { openSession, processesOf, startPatchbay } from './patchbay.mjs';
import { targetsAt } from './targets.mjs';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '6000' },
    rows: { type: 'string', default: '20000' },
    write: { type: 'boolean', default: false },
  },
});
const COSTS = new URL('scaling.costs.json', import.meta.url);
const AT_ONCE = 32;
const MOST_SECONDS = 90;
const KINDS = ['app tool', '100 KB answer', 'over MCP'];
/** What V8 has not compiled yet costs several times as much. */
const WARM_UP = 3_000;
const STREAMS = 4_000;
const STREAMS_A_SESSION = 40;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort(new Error(signal)));

const upstream = await startChild('upstream.mjs');
const load = await startChild('load.mjs');
const { platform, stop } = await startPatchbay(upstream.url, stopping.signal);
const client = new pg.Client({ connectionString: platform.postgres.url });
try {
  await client.connect();
  const sql = async (text, parameters) => (await client.query(text, parameters)).rows;
  // Before there were calls: what they leave on the heap would be room for streams.
  const streamBytes = await streamCost();
  const figures = { calls: await callCosts(sql), rowBytes: await rowCosts(sql), streamBytes };
  const text = `${JSON.stringify(figures, null, 2)}\n`;
  process.stdout.write(text);
  if (values.write) writeFileSync(COSTS, text);
} finally {
  await client.end().catch(() => {});
  for (const one of [{ stop }, load, upstream]) await one.stop();
}

/** Of each kind of call: milliseconds of CPU by process, bytes through NATS, bytes of WAL, bytes on record. */
async function callCosts(sql) {
  const { baseUrl, apiKey } = platform;
  const address = new URL(baseUrl);
  address.hostname = '127.0.0.1';
  const session = await openSession(platform);
  const targets = targetsAt({
    upstream: upstream.url,
    floor: upstream.url,
    patchbay: address.origin,
    session,
    ownSession: session,
    apiKey,
  });
  const costs = {};
  for (const kind of KINDS) {
    process.stderr.write(`${kind} …\n`);
    const press = (calls) =>
      load.ask({ target: targets[kind], atOnce: AT_ONCE, seconds: MOST_SECONDS, calls });
    await press(WARM_UP);
    await settled(sql);
    const before = await readAll(sql);
    const { calls, failed, errors } = await press(Number(values.calls));
    if (failed > 0) throw new Error(`${failed} of ${calls} calls failed: ${errors.join('; ')}`);
    await settled(sql);
    const after = await readAll(sql);
    const each = (amount) => Math.round(amount / calls);
    costs[kind] = {
      cpuMs: mapValues(cpuBetween(before.cpu, after.cpu), (ms) => Number((ms / calls).toFixed(3))),
      natsBytes: each(after.natsBytes - before.natsBytes),
      streamBytes: each(after.streamBytes - before.streamBytes),
      walBytes: each(after.walBytes - before.walBytes),
      recordBytes: each(after.recordBytes - before.recordBytes),
    };
  }
  return costs;
}

/** Bytes of the gateway's memory for each client of a session's MCP endpoint that waits for changes. */
async function streamCost() {
  const { baseUrl, apiKey } = platform;
  const ids = [];
  while (ids.length < STREAMS / STREAMS_A_SESSION) ids.push(await openSession(platform));
  const memory = () => memoryOf(platform.services.gateway.pid);
  const closing = new AbortController();
  const open = async (id) => {
    const answer = await fetch(`${baseUrl}/tool_router/${id}/mcp`, {
      headers: { 'x-api-key': apiKey, accept: 'text/event-stream' },
      signal: closing.signal,
    });
    if (answer.status !== 200) throw new Error(`A stream was answered ${answer.status}`);
  };
  await open(ids[0]);
  const before = memory();
  for (const id of ids) await Promise.all(Array.from({ length: STREAMS_A_SESSION - 1 }, () => open(id)));
  const grown = memory() - before;
  closing.abort();
  return Math.round(grown / (STREAMS - ids.length));
}

/** Bytes that are resident (proc_pid_status(5)). */
function memoryOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/** Until the record holds every call that was made. */
async function settled(sql) {
  const count = async () => (await sql('SELECT count(finished_at)::int AS count FROM logs.calls'))[0].count;
  for (let last = -1, now = await count(); last !== now; last = now, now = await count()) await delay(1_500);
}

async function readAll(sql) {
  const [{ wal, record }] = await sql(
    `SELECT pg_current_wal_lsn() - '0/0'::pg_lsn AS wal,
       (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'logs.calls'::regclass) AS record`,
  );
  return {
    cpu: cpuOf(processesOf(platform)),
    natsBytes: bytesOf(platform.nats.pid),
    streamBytes: await sizeOf(join(platform.home, 'nats')),
    walBytes: Number(wal),
    recordBytes: Number(record),
  };
}

/** Read and written by a process, from and to sockets and files (proc_pid_io(5)). */
function bytesOf(pid) {
  const text = readFileSync(`/proc/${pid}/io`, 'utf8');
  return ['rchar', 'wchar'].reduce(
    (sum, name) => sum + Number(new RegExp(`${name}: (\\d+)`).exec(text)?.[1]),
    0,
  );
}

async function sizeOf(folder) {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map((file) =>
      stat(join(file.parentPath, file.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Bytes of a row with its share of the indices, of copies of one that the API made. */
async function rowCosts(sql) {
  return {
    account: await rowCost(
      sql,
      'auth.connected_accounts',
      `'id', 'ca_' || md5(n::text), 'word_id', 'bench-' || n`,
    ),
    session: await rowCost(sql, 'sessions.sessions', `'id', 'trs_' || md5(n::text)`),
  };
}

async function rowCost(sql, table, changes) {
  const size = async () => Number((await sql(`SELECT pg_total_relation_size('${table}') AS size`))[0].size);
  const before = await size();
  const count = Number(values.rows);
  await sql(
    `INSERT INTO ${table}
     SELECT (jsonb_populate_record(one, jsonb_build_object(${changes}, 'user_id', 'user_' || n))).*
     FROM ${table} one, generate_series(1, ${count}) AS n WHERE one.id = (SELECT id FROM ${table} LIMIT 1)`,
  );
  return Math.round(((await size()) - before) / count);
}
