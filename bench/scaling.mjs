// What a load needs of each part, from what one call was measured to cost (`footprint.mjs`): the arithmetic of docs/scaling.md.
//   node bench/scaling.mjs                                prints the tables of the load that the page is about
//   node bench/scaling.mjs --calls-a-second 500 …         prints them of another; every assumption is an option
//   node bench/scaling.mjs --write                        writes them into docs/scaling.md; --check ends with 1 when they differ
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { table } from './report.mjs';

const PAGE = new URL('../docs/scaling.md', import.meta.url);
const COSTS = new URL('scaling.costs.json', import.meta.url);
const BEGIN = '<!-- Made by `node bench/scaling.mjs --write`. -->';
const END = '<!-- Until here. -->';

/** Each assumption with its value on the page, and what it means. */
export const ASSUMPTIONS = {
  'calls-a-second': [10_000, 'tool calls a second at the busiest time'],
  'busy-share': [0.4, 'calls a second on average, as a share of the busiest time'],
  'share-mcp': [0.4, 'calls that come over MCP'],
  'share-large': [0.03, 'calls with an answer of 100 KB'],
  users: [1_000_000, 'users'],
  'accounts-a-user': [3, 'connected accounts of each'],
  'live-sessions': [100_000, 'sessions that are used at the same time'],
  'sessions-a-user': [10, 'sessions of each user that are kept'],
  'stream-share': [0.3, 'live sessions with an MCP client that waits for changes'],
  'sandbox-share': [0.02, 'live sessions with a sandbox of the workbench'],
  'sandbox-mb': [64, 'memory of a sandbox in use, in MB; an idle one has 21'],
  'token-minutes': [60, 'minutes for which an access token is good'],
  'retention-days': [30, 'days for which calls are kept (`PATCHBAY_LOG_RETENTION_DAYS`)'],
  utilisation: [0.5, 'share of its core that a process may use at the busiest time'],
  'upstream-ms': [300, 'milliseconds that a provider takes'],
};

/** What one call does in each service, by CPU; what may have replicas is told in replicas. */
const REPLICATED = ['gateway', 'tools', 'auth', 'sessions', 'logs', 'triggers'];

/**
 * @param {Record<string, number>} load a number for each of the assumptions
 * @param {Costs} costs
 * @typedef {{ calls: Record<string, { cpuMs: Record<string, number>, natsBytes: number, streamBytes: number,
 *   walBytes: number, recordBytes: number }>, rowBytes: { account: number, session: number }, streamBytes: number }} Costs
 */
export function needsOf(load, costs) {
  const shares = {
    'app tool': 1 - load['share-mcp'] - load['share-large'],
    'over MCP': load['share-mcp'],
    '100 KB answer': load['share-large'],
  };
  const mean = (pick) =>
    Object.entries(shares).reduce((sum, [kind, share]) => sum + share * pick(costs.calls[kind]), 0);
  const rate = load['calls-a-second'];
  const cores = Object.fromEntries(
    Object.keys(costs.calls['app tool'].cpuMs).map((part) => [
      part,
      (rate * mean(({ cpuMs }) => cpuMs[part])) / 1_000,
    ]),
  );
  const streams = load['live-sessions'] * load['stream-share'];
  const day = 86_400 * rate * load['busy-share'];
  const inUse = Math.min(load['live-sessions'], load.users) * load['accounts-a-user'];
  return {
    cores,
    replicas: Object.fromEntries(
      REPLICATED.map((part) => [part, Math.max(2, Math.ceil(cores[part] / load.utilisation))]),
    ),
    underWay: (rate * load['upstream-ms']) / 1_000,
    streams: { count: streams, bytes: streams * costs.streamBytes },
    nats: {
      bytesASecond: rate * mean(({ natsBytes }) => natsBytes),
      keptASecond: rate * mean(({ streamBytes }) => streamBytes),
    },
    postgres: {
      rowsASecond: rate,
      walASecond: rate * mean(({ walBytes }) => walBytes),
      recordADay: day * mean(({ recordBytes }) => recordBytes),
      record: load['retention-days'] * day * mean(({ recordBytes }) => recordBytes),
      accounts: load.users * load['accounts-a-user'] * costs.rowBytes.account,
      sessions: load.users * load['sessions-a-user'] * costs.rowBytes.session,
    },
    refreshesASecond: inUse / (load['token-minutes'] * 60),
    sandboxes: {
      count: load['live-sessions'] * load['sandbox-share'],
      bytes: load['live-sessions'] * load['sandbox-share'] * load['sandbox-mb'] * 1e6,
    },
  };
}

/** @param {Record<string, number>} load */
function tablesOf(load, costs) {
  const needs = needsOf(load, costs);
  const assumed = Object.entries(ASSUMPTIONS).map(([name, [, meaning]]) => [
    `\`--${name}\``,
    meaning,
    count(load[name]),
  ]);
  const parts = [...REPLICATED, 'workbench', 'nats-server', 'postgres'];
  const cpu = parts.map((part) => [
    part,
    (needs.cores[part] ?? 0).toFixed(1),
    needs.replicas[part] ?? OTHERWISE[part],
  ]);
  const { nats, postgres, streams, sandboxes } = needs;
  const sizes = [
    ['calls under way at once', count(needs.underWay)],
    [
      'MCP streams that wait, and their memory in gateways',
      `${count(streams.count)}, ${bytes(streams.bytes)}`,
    ],
    ['through nats-server, in and out', `${bytes(nats.bytesASecond)}/s`],
    ['kept by JetStream, by each of its copies', `${bytes(nats.keptASecond)}/s`],
    ['rows of the record', `${count(postgres.rowsASecond)}/s`],
    ["Postgres' write-ahead log", `${bytes(postgres.walASecond)}/s`],
    ['record, a day', bytes(postgres.recordADay)],
    ['record, as long as it is kept', bytes(postgres.record)],
    ['connected accounts', bytes(postgres.accounts)],
    ['sessions', bytes(postgres.sessions)],
    ['access tokens refreshed', `${count(needs.refreshesASecond)}/s`],
    ['sandboxes, and their memory', `${count(sandboxes.count)}, ${bytes(sandboxes.bytes)}`],
  ];
  return [
    table([['assumed', 'meaning', 'value'], ...assumed]),
    table([['part', 'cores busy', 'processes'], ...cpu]),
    table([['what', 'how much'], ...sizes]),
  ].join('\n\n');
}

const OTHERWISE = {
  workbench: 'by sandboxes',
  'nats-server': '3, of which one leads a stream',
  postgres: 'one that writes',
};

function count(value) {
  return value.toLocaleString('en-GB', { maximumFractionDigits: value < 10 ? 2 : 0 });
}

function bytes(value) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return `${(value / 1_000 ** power).toPrecision(3)} ${units[power]}`;
}

/** The page with its tables as they should be. */
export function pageOf(text, costs) {
  const load = Object.fromEntries(Object.entries(ASSUMPTIONS).map(([name, [value]]) => [name, value]));
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from)
    throw new Error(`docs/scaling.md has no place for the tables: ${BEGIN} … ${END}`);
  return `${text.slice(0, from)}${BEGIN}\n\n${tablesOf(load, costs)}\n\n${text.slice(to)}`;
}

/** The formatter pads the cells of a table. */
function plain(text) {
  return text.replaceAll(/[ -]+/g, ' ');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const numbers = Object.fromEntries(Object.keys(ASSUMPTIONS).map((name) => [name, { type: 'string' }]));
  const { values } = parseArgs({
    options: { ...numbers, write: { type: 'boolean' }, check: { type: 'boolean' } },
  });
  const costs = JSON.parse(readFileSync(COSTS, 'utf8'));
  const page = readFileSync(PAGE, 'utf8');
  if (values.write) writeFileSync(PAGE, pageOf(page, costs));
  else if (values.check) process.exitCode = plain(page) === plain(pageOf(page, costs)) ? 0 : 1;
  else {
    const load = Object.entries(ASSUMPTIONS).map(([name, [value]]) => [name, Number(values[name] ?? value)]);
    process.stdout.write(`${tablesOf(Object.fromEntries(load), costs)}\n`);
  }
}
