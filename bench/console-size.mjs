// The console's views of a large project: `node bench/console-size.mjs` fills one and times the requests that each view
// waits for when it is opened. Needs about 3 GB of disk.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Patchbay } from '@patchbay/client';
import { startPlatform } from '@patchbay/local';
import pg from 'pg';
import { fillProject } from './console-size.fill.mjs';
import { WITHOUT_LIMITS } from './patchbay.mjs';
import { quantile } from './statistics.mjs';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '100000' },
    calls: { type: 'string', default: '1000000' },
    toolkits: { type: 'string', default: '1000' },
    sessions: { type: 'string', default: '20000' },
    repeats: { type: 'string', default: '20' },
    // Leaves the platform and its data up after the table is printed, until Ctrl-C.
    stay: { type: 'boolean', default: false },
  },
});
const repeats = Number(values.repeats);
const LIMIT_MS = 1_000;
const DAY_MS = 86_400_000;

const home = await mkdtemp(join(tmpdir(), 'patchbay-size-'));
// The embedded Postgres runs as a user of its own, who must be able to reach its folder in here.
await chmod(home, 0o755);
const keys = randomBytes(32).toString('base64');
const env = { LOG_LEVEL: 'warn', PATCHBAY_ENCRYPTION_KEYS: keys, ...WITHOUT_LIMITS };
const platform = await startPlatform({ home, env });
const client = new pg.Client({ connectionString: platform.postgres.url });
try {
  await client.connect();
  const sql = async (text, parameters) => (await client.query(text, parameters)).rows;
  const [{ id: projectId }] = await sql('SELECT id FROM auth.projects LIMIT 1');
  const api = new Patchbay({
    baseUrl: platform.localUrl,
    apiKey: platform.apiKey,
    timeoutMs: 60_000,
    retries: 0,
  });
  const began = Date.now();
  const onProgress = (text) =>
    process.stderr.write(`${Math.round((Date.now() - began) / 1000)} s: ${text}\n`);
  const { accounts, calls, toolkits, sessions } = values;
  const counts = Object.entries({ accounts, calls, toolkits, sessions }).map(([name, text]) => [
    name,
    Number(text),
  ]);
  const made = await fillProject(sql, api, { ...Object.fromEntries(counts), projectId, keys, onProgress });
  onProgress('filled');
  const figures = [];
  for (const [view, requests] of Object.entries(views(made)))
    for (const [name, operation, given] of requests) {
      onProgress(`${view}: ${name}`);
      figures.push({ view, name, ...(await time(() => api.request(operation, given()))) });
    }
  print(figures);
  if (values.stay) {
    process.stderr.write(`${await platform.consoleLink()}\n${platform.postgres.url}\n`);
    await new Promise((resolve) => process.once('SIGINT', resolve));
  }
} finally {
  await client.end().catch(() => {});
  await platform.stop();
  await rm(home, { recursive: true, force: true });
}

/** What each view of the console asks when it is opened, as its queries have it. */
function views({ account, config, session }) {
  const some = (count) => Math.floor(Math.random() * count);
  const list = (operation, query = {}) => [operation, () => ({ query: { limit: 50, ...query() } })];
  const ofAccounts = (filters) =>
    list('listConnectedAccounts', () => ({
      account_type: 'ALL',
      order_by: 'updated_at',
      order_direction: 'desc',
      ...filters(),
    }));
  const since = (days) => Math.floor((Date.now() - days * DAY_MS) / 60_000) * 60_000;
  const logs = (filters, more = () => ({}), limit = 100) => [
    'listLogs',
    () => ({
      body: {
        limit,
        filters: filters().map(([field, value, operator = '==']) => ({ field, operator, value })),
        ...more(),
      },
    }),
  ];
  const range = (days) => () => ({ time_range: { from: since(days), to: 8_640_000_000_000 } });
  const user = () => `user_${(some(Number(values.calls) / 20) * 7919) % 20_000}`;
  const usage = (by) => [
    'getUsageBreakdown',
    () => ({
      path: { entityType: 'tool_calls' },
      body: {
        from: since(30),
        group_by: by,
        limit: 1000,
        ...(by === 'day' && { order_by: 'key', order_direction: 'desc' }),
      },
    }),
  ];
  const nothing = () => ({});
  return {
    overview: [
      ['activity of a day', 'getActivity', () => ({ query: { from: since(1) } })],
      ['activity of 30 days', 'getActivity', () => ({ query: { from: since(30) } })],
      [
        'expired accounts',
        'listConnectedAccounts',
        () => ({ query: { statuses: ['EXPIRED'], limit: 1, account_type: 'ALL' } }),
      ],
      ['own toolkits', 'listCustomToolkits', () => ({ query: { limit: 100 } })],
      ['failed last', ...logs(() => [['status', 'failed']], nothing, 6)],
    ],
    toolkits: [
      ['categories', 'listToolkitCategories', nothing],
      ['all', ...list('listToolkits', () => ({ sort_by: 'alphabetically' }))],
      [
        'search',
        ...list('listToolkits', () => ({ sort_by: 'alphabetically', search: `service ${some(1000)}` })),
      ],
      ['own', ...list('listToolkits', () => ({ sort_by: 'alphabetically', type: 'custom' }))],
      ['one', 'getToolkit', () => ({ path: { slug: `toolkit${some(Number(values.toolkits))}` } })],
      [
        'its tools',
        ...list('listTools', () => ({ toolkit_slug: `toolkit${some(Number(values.toolkits))}` })),
      ],
      [
        'search in its tools',
        ...list('listTools', () => ({
          toolkit_slug: `toolkit${some(Number(values.toolkits))}`,
          search: 'records',
        })),
      ],
      ['one tool', 'getTool', () => ({ path: { slug: `TOOLKIT${some(Number(values.toolkits))}_TOOL_3` } })],
    ],
    'search palette': [['toolkits', 'listToolkits', () => ({ query: { search: 'service', limit: 6 } })]],
    'start here': [
      ['most used toolkits', 'listToolkits', () => ({ query: { limit: 100, sort_by: 'usage' } })],
    ],
    'auth configs': [
      ['all', ...list('listAuthConfigs', () => ({ show_disabled: true }))],
      [
        'search',
        ...list('listAuthConfigs', () => ({ show_disabled: true, search: `service ${some(1000)}` })),
      ],
      ['one', 'getAuthConfig', () => ({ path: { id: config } })],
    ],
    accounts: [
      ['all', ...ofAccounts(nothing)],
      ['of a user', ...ofAccounts(() => ({ user_ids: [user()] }))],
      ['of a toolkit', ...ofAccounts(() => ({ toolkit_slugs: [`toolkit${some(5)}`] }))],
      ['that expired', ...ofAccounts(() => ({ statuses: ['EXPIRED'] }))],
      ['of an auth config', ...ofAccounts(() => ({ auth_config_ids: [`ac_${1 + some(4)}`] }))],
      ['one', 'getConnectedAccount', () => ({ path: { id: account } })],
      ['its history', 'listAuditEvents', () => ({ query: { target_id: account, limit: 20 } })],
    ],
    sessions: [
      ['all', ...list('listSessions', nothing)],
      ['search', ...list('listSessions', () => ({ search: `user_${some(2000)}` }))],
      ['one', 'getSession', () => ({ path: { sessionId: session } })],
      [
        'its timeline',
        'getSessionTimeline',
        () => ({ path: { sessionId: `trs_${1 + some(Number(values.sessions))}` }, query: { limit: 100 } }),
      ],
      ['its tools', 'listSessionTools', () => ({ path: { sessionId: session }, query: { limit: 50 } })],
      ['its accounts', 'listSessionToolkits', () => ({ path: { sessionId: session }, query: { limit: 50 } })],
    ],
    calls: [
      ['newest', ...logs(() => [])],
      ['of 7 days', ...logs(() => [], range(7))],
      ['failed', ...logs(() => [['status', 'failed']])],
      ['of a toolkit', ...logs(() => [['toolkit_slug', `toolkit${some(40)}`]])],
      ['of a tool', ...logs(() => [['tool_slug', `TOOLKIT${some(40)}_TOOL_${some(10)}`]])],
      ['of a part of a tool', ...logs(() => [['tool_slug', 'NOWHERE', 'contains']])],
      ['of a user', ...logs(() => [['user_id', user()]])],
      ['of a session', ...logs(() => [['session_id', `trs_${1 + some(Number(values.sessions))}`]])],
      ['of an account', ...logs(() => [['connected_account_id', `ca_${some(20_000)}_${some(5)}`]])],
      ['of a request', ...logs(() => [['request_id', `req_${1 + some(Number(values.calls))}`]])],
      ['with a text', ...logs(() => [['text', 'octocat', 'contains']])],
      ['with a text that is nowhere', ...logs(() => [['text', 'nowhere', 'contains']])],
      ['one', 'getLog', () => ({ path: { id: `log_${1 + some(Number(values.calls))}` } })],
    ],
    usage: ['day', 'tool_slug', 'toolkit_slug', 'user_id'].map((by) => [`by ${by}`, ...usage(by)]),
    settings: [
      ['project', 'getProjectSettings', nothing],
      ['audit', ...list('listAuditEvents', nothing)],
      ['refused acts', ...list('listAuditEvents', () => ({ outcome: 'refused' }))],
      ['acts on accounts', ...list('listAuditEvents', () => ({ target_type: 'connected_account' }))],
    ],
  };
}

async function time(ask) {
  const latencies = [];
  let problem = '';
  for (let turn = 0; turn < repeats; turn += 1) {
    const start = performance.now();
    await ask().catch((error) => (problem = error.message));
    latencies.push(performance.now() - start);
  }
  const first = latencies[0];
  latencies.sort((a, b) => a - b);
  return { first, p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95), problem };
}

function print(figures) {
  const lines = figures.map(({ view, name, first, p50, p95, problem }) => {
    const times = [first, p50, p95].map((ms) => ms.toFixed(0)).join(' | ');
    return `| ${view} | ${name} | ${times} | ${problem || (p95 > LIMIT_MS ? 'over a second' : '')} |`;
  });
  console.log(
    [
      '| view | request | first ms | p50 ms | p95 ms | |',
      '| --- | --- | ---: | ---: | ---: | --- |',
      ...lines,
    ].join('\n'),
  );
  if (figures.some(({ p95, problem }) => problem || p95 > LIMIT_MS)) process.exitCode = 1;
}
