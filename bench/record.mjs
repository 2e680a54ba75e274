// The record's queries on many rows: `node bench/record.mjs --rows 10000000 --repeats 100` prints the p99 of each
// query of the API beside the indices of the plan that Postgres really chose. Needs about 2 GB of disk a million rows.
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startPlatform } from '@patchbay/local';
import pg from 'pg';
import { WITHOUT_LIMITS } from './patchbay.mjs';
import { fillRecord } from './record.fill.mjs';
import { quantile } from './statistics.mjs';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    repeats: { type: 'string', default: '100' },
  },
});
const rows = Number(values.rows);
const repeats = Number(values.repeats);
const DAY_MS = 86_400_000;

const home = await mkdtemp(join(tmpdir(), 'patchbay-record-'));
// The embedded Postgres runs as a user of its own, who must be able to reach its folder in here.
await chmod(home, 0o755);
const platform = await startPlatform({ home, env: { LOG_LEVEL: 'warn', ...WITHOUT_LIMITS } });
const client = new pg.Client({ connectionString: platform.postgres.url });
try {
  await client.connect();
  const sql = async (text, parameters) => (await client.query(text, parameters)).rows;
  const [{ id: projectId }] = await sql('SELECT id FROM auth.projects LIMIT 1');
  const began = Date.now();
  await fillRecord(sql, { rows, projectId, onProgress: (text) => process.stderr.write(`${text}\n`) });
  process.stderr.write(`filled in ${Math.round((Date.now() - began) / 1000)} s\n`);
  const figures = [];
  for (const [name, query] of Object.entries(queries())) {
    process.stderr.write(`${name}\n`);
    figures.push({ name, ...(await time(query)) });
  }
  await explainFromNowOn(sql);
  for (const figure of figures) figure.plan = await planOf(queries()[figure.name]);
  print(figures);
} finally {
  await client.end().catch(() => {});
  await platform.stop();
  await rm(home, { recursive: true, force: true });
}

/** One a query of the API; each call of it asks about another user, session or moment. */
function queries() {
  const list = (filters, more = {}) => ({
    path: '/logs/tool_execution',
    body: {
      limit: 20,
      filters: Object.entries(filters).map(([field, value]) => ({ field, operator: '==', value })),
      ...more,
    },
  });
  const some = (count) => Math.floor(Math.random() * count);
  /** Of the project that asks: see the fill. */
  const session = () => Math.floor(some(rows / 20) / 5) * 5;
  const userOf = (s) => `user_${(s * 7919) % 20_000}`;
  const range = (days, length) => {
    const from = Date.now() - days * DAY_MS;
    return { time_range: { from, to: from + length } };
  };
  return {
    'newest calls': () => list({}),
    'of a time range': () => list({}, range(2 + some(25), DAY_MS / 2)),
    'of a user': () => list({ user_id: userOf(session()) }),
    'of a session': () => list({ session_id: `trs_${session()}` }),
    'of a toolkit': () => list({ toolkit_slug: `toolkit${some(40)}` }),
    'of a tool': () => list({ tool_slug: `TOOLKIT${some(40)}_TOOL_${some(10)}` }),
    'of an account': () => list({ connected_account_id: `ca_${(session() * 7919) % 20_000}_${some(40)}` }),
    'of an auth config': () => list({ auth_config_id: `ac_${some(40)}` }),
    'of a sandbox without calls': () => list({ sandbox_id: 'sandbox_none' }),
    'failed ones': () => list({ status: 'failed' }),
    'failed ones of a toolkit': () => list({ status: 'failed', toolkit_slug: `toolkit${some(40)}` }),
    'failed ones of a tool': () =>
      list({ status: 'failed', tool_slug: `TOOLKIT${some(40)}_TOOL_${some(10)}` }),
    'of a request': () => list({ request_id: `req_${session() * 20 + 1}` }),
    'by log id': () => list({ log_id: `log_${session() * 20 + 1}` }),
    'with a text, in an hour': () => ({
      path: '/logs/tool_execution',
      body: {
        filters: [{ field: 'text', operator: 'contains', value: 'nowhere' }],
        ...range(2 + some(25), 3_600_000),
      },
    }),
    'one log': () => ({ path: `/logs/tool_execution/log_${session() * 20 + 1}` }),
    "a session's timeline": () => ({ path: `/tool_router/session/trs_${session()}/story` }),
    'usage summed up': () => ({ path: '/project/usage/summary', body: {} }),
    'usage by day': () => ({ path: '/project/usage/tool_calls', body: { group_by: 'day' } }),
    'usage by tool': () => ({ path: '/project/usage/tool_calls', body: {} }),
    'usage by toolkit of a user': () => ({
      path: '/project/usage/tool_calls',
      body: { group_by: 'toolkit_slug', filters: { user_id: [userOf(session())] } },
    }),
  };
}

async function ask({ path, body }) {
  const response = await fetch(`${platform.baseUrl}/api/v3.1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'x-api-key': platform.apiKey, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${answer}`);
  const { logs, items, groups } = JSON.parse(answer);
  return (logs ?? items ?? groups ?? [answer]).length;
}

async function time(query) {
  const latencies = [];
  let found = 0;
  for (let turn = 0; turn < repeats; turn += 1) {
    const question = query();
    const start = performance.now();
    found += await ask(question).catch(refused);
    latencies.push(performance.now() - start);
  }
  latencies.sort((a, b) => a - b);
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), found: found / repeats };
}

/** A search that was given up counts as long as it took: a bad figure, but not the end of the others. */
function refused(error) {
  process.stderr.write(`${error.message}\n`);
  return 0;
}

/** Postgres then logs the plan of everything that is asked; `logs` takes new connections for it. */
async function explainFromNowOn(sql) {
  const [{ name }] = await sql('SELECT current_database() AS name');
  await sql(`ALTER DATABASE "${name}" SET session_preload_libraries = 'auto_explain'`);
  await sql(`ALTER DATABASE "${name}" SET auto_explain.log_min_duration = 0`);
  await platform.services.logs.stop();
  await platform.services.logs.start();
  // The platform is ready without it.
  while (!(await ask(queries()['newest calls']()).catch(() => 0))) await delay(100);
}

/** The indices that the plan of one such query names, without the day of their partition. */
async function planOf(query) {
  const file = join(home, 'logs/postgres.log');
  const before = (await readFile(file, 'utf8')).length;
  await ask(query()).catch(refused);
  const text = (await readFile(file, 'utf8')).slice(before);
  const plans = text.split(/duration: [\d.]+ ms\s+plan:/).slice(1);
  const own = plans.filter((plan) => /\b(calls|events|usage)/.test(plan)).join('\n');
  const used = [...own.matchAll(/(?:using|on) ([a-z_]+)_\d{8}_([a-z_]+)_idx\d*\b/g)].map(
    ([, table, rest]) => `${table} (${rest})`,
  );
  const keys = [...own.matchAll(/(?:using|on) (\w+_pkey)\b/g)].map(([, name]) => name.replace(/_\d{8}/, ''));
  const scans = [...own.matchAll(/Seq Scan on (\w+)/g)].map(
    ([, name]) => `all of ${name.replace(/_\d{8}/, '')}`,
  );
  return [...new Set([...used, ...keys, ...scans])].join('; ');
}

function print(figures) {
  const lines = figures.map(
    ({ name, p50, p99, found, plan }) =>
      `| ${name} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${found.toFixed(1)} | ${plan} |`,
  );
  console.log(
    [
      '| query | p50 ms | p99 ms | rows found | read by |',
      '| --- | ---: | ---: | ---: | --- |',
      ...lines,
    ].join('\n'),
  );
}
