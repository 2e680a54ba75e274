import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Answer, BodyOf } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { DEFAULT_LIMIT, wholeNumber } from '../lists.js';
import { clean, oneLine } from '../output/index.js';
import { followCalls } from '../tail.js';

type Log = Answer<'listLogs'>['logs'][number];
type Filter = NonNullable<BodyOf<'listLogs'>['filters']>[number];

/** A page of the record is no longer. */
const PAGE = 100;

interface Filters {
  user?: string | undefined;
  toolkit?: string | undefined;
  tool?: string | undefined;
  session?: string | undefined;
  account?: string | undefined;
  status?: string | undefined;
  text?: string | undefined;
}

export function addLogs(program: CommandUnknownOpts, cli: Cli): void {
  const logs = program.command('logs').description('The record: every call of a tool.');
  withFilters(logs.command('list').description('List calls, the newest first.'))
    .option('--limit <number>', 'how many are shown', wholeNumber, DEFAULT_LIMIT)
    .action(async ({ limit, ...filters }) => {
      const calls = await latest(cli, filtersOf(filters), limit);
      cli.output.list(calls, fields, 'There is no such call.');
    });
  logs
    .command('get')
    .description('Show a call with what it was given and gave.')
    .argument('<id>')
    .action(async (id) => {
      const patchbay = await cli.client();
      const log = await patchbay.request('getLog', { path: { id }, signal: cli.signal });
      if (cli.output.json) return cli.output.value(log);
      cli.output.details(log, {
        Id: () => log.id,
        ...Object.fromEntries(Object.entries(fields).map(([title, field]) => [title, () => field(log)])),
        Session: ({ metadata }) => metadata.session_id,
        Account: ({ metadata }) => metadata.connected_account_id,
        Request: ({ metadata }) => metadata.request_id,
      });
      cli.output.write('');
      cli.output.value(log.data);
    });
  withFilters(logs.command('tail').description('Follow calls as they begin and end, until Ctrl-C.')).action(
    async (filters) => tail(cli, filtersOf(filters)),
  );
}

/** The filters that listing and following have alike. */
const withFilters = (command: CommandUnknownOpts) =>
  (command as unknown as Command)
    .option('--user <id>', 'only of this user')
    .option('--toolkit <slug>', 'only of this toolkit')
    .option('--tool <slug>', 'only of this tool')
    .option('--session <id>', 'only in this session')
    .option('--account <id>', 'only with this account')
    .option('--status <status>', 'only success, failed or running')
    .option('--text <text>', 'only with this text in what it was given or gave');

const FIELDS: Record<keyof Filters, Filter['field']> = {
  user: 'user_id',
  toolkit: 'toolkit_slug',
  tool: 'tool_slug',
  session: 'session_id',
  account: 'connected_account_id',
  status: 'status',
  text: 'text',
};

function filtersOf(filters: Filters): Filter[] {
  return Object.entries(FIELDS).flatMap(([name, field]) => {
    const value = filters[name as keyof Filters];
    return value === undefined ? [] : [{ field, operator: field === 'text' ? 'contains' : '==', value }];
  });
}

async function latest(cli: Cli, filters: Filter[], limit: number): Promise<Log[]> {
  const patchbay = await cli.client();
  const found: Log[] = [];
  let cursor: string | null = null;
  do {
    const body: BodyOf<'listLogs'> = { filters, limit: Math.min(PAGE, limit - found.length), cursor };
    const page: Answer<'listLogs'> = await patchbay.request('listLogs', { body, signal: cli.signal });
    found.push(...page.logs);
    cursor = page.next_cursor;
  } while (cursor !== null && found.length < limit);
  return found.slice(0, limit);
}

const fields = {
  time: ({ timestamp }: Log) => timestamp,
  status: ({ status }: Log) => status,
  tool: ({ metadata }: Log) => metadata.tool_slug,
  user: ({ metadata }: Log) => metadata.user_id,
  took: ({ metrics }: Log) => durationText(metrics.duration_ms),
  id: ({ id }: Log) => id,
  message: ({ message }: Log) => message,
};

async function tail(cli: Cli, filters: Filter[]): Promise<void> {
  const { output, signal } = cli;
  const patchbay = await cli.client();
  const onNews = (text: string) => output.note(text);
  try {
    for await (const call of followCalls(patchbay, { filters, signal, onNews })) {
      if (output.json) output.line(call);
      else output.write(output.isTerminal ? lineOf(cli, call) : rowOf(call));
    }
  } catch (error) {
    // Ctrl-C is how one stops following.
    if (!signal.aborted) throw error;
  }
}

const STYLES = { running: 'cyan', success: 'green', failed: 'red' } as const;

function lineOf({ output }: Cli, call: Log): string {
  const { timestamp, status, metadata, metrics, message } = call;
  const time = new Date(timestamp).toLocaleTimeString('en-GB');
  const parts = [
    output.styled('dim', time),
    output.styled(STYLES[status], status.padEnd(7)),
    clean(metadata.tool_slug),
    output.styled('dim', `for ${oneLine(metadata.user_id)}`),
    durationText(metrics.duration_ms),
    output.styled('dim', call.id),
    message === undefined ? '' : output.styled('red', oneLine(message)),
  ];
  return parts.filter(Boolean).join('  ');
}

const rowOf = (call: Log) =>
  Object.values(fields)
    .map((field) => oneLine(field(call) ?? ''))
    .join('\t');

function durationText(ms: number | undefined): string {
  return ms === undefined ? '' : `${Math.round(ms)} ms`;
}
