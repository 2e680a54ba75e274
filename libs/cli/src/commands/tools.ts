import { randomUUID } from 'node:crypto';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { ConnectionError, type Answer, type BodyOf, type Item, type Patchbay } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { parseExactly } from '../exact-json.js';
import { ExitCode } from '../exit-codes.js';
import { read, toolArguments } from '../input.js';
import { DEFAULT_LIMIT, several, showList, wholeNumber } from '../lists.js';
import { clean } from '../output/index.js';
import { explainSearch } from './explain-search.js';

const FOUND_LIMIT = 10;

export function addTools(program: CommandUnknownOpts, cli: Cli): void {
  const tools = program.command('tools').description('Tools of the toolkits.');
  tools
    .command('search')
    .description('Find tools by a sentence that says what is to be done.')
    .argument('<sentence...>')
    .option('--toolkit <slugs>', 'only of these toolkits', several)
    .option('--limit <number>', 'how many are shown', wholeNumber, FOUND_LIMIT)
    .option('--explain', 'say what each was found by')
    .action(async (sentence, { toolkit, limit, explain }) => {
      const query = { search: sentence.join(' '), ...(toolkit && { toolkit_slug: toolkit }) };
      return explain ? explainSearch(cli, query, limit) : listTools(cli, query, limit);
    });
  tools
    .command('list')
    .description('List tools.')
    .option('--toolkit <slugs>', 'only of these toolkits', several)
    .option('--limit <number>', 'how many are shown', wholeNumber, DEFAULT_LIMIT)
    .action(async ({ toolkit, limit }) => listTools(cli, toolkit ? { toolkit_slug: toolkit } : {}, limit));
  tools
    .command('get')
    .description('Show a tool and its arguments.')
    .argument('<slug>')
    .action(async (slug) => showTool(cli, slug));
  tools
    .command('run')
    .description('Run a tool for a user.')
    .argument('<slug>')
    .argument('[arguments...]', 'name=text, or name:=json for a number, a list, true and the like')
    .requiredOption('--user <id>', 'for whom, by an id of your product')
    .option('--account <id>', "the account to use, where it is not the user's newest")
    .option('--arguments <json>', 'all arguments as JSON: {…}, @file, or - for standard input')
    .action(async (slug, pairs, { user, account, arguments: json }) => {
      const given = json === undefined ? undefined : await read(json, cli.surroundings.stdin);
      const body: BodyOf<'executeTool'> = {
        user_id: user,
        arguments: toolArguments(given, pairs),
        ...(account !== undefined && { connected_account_id: account }),
      };
      const result = await execute(await cli.client(), slug, body, cli.signal);
      if (!result.successful) cli.exitCode = ExitCode.toolFailed;
      if (cli.output.json) return cli.output.value(result);
      if (result.successful) return cli.output.value(result.data);
      cli.output.note(`${slug} failed: ${clean(result.error ?? 'it does not say why')}`);
      if (result.log_id !== undefined) cli.output.note(`On the record as ${result.log_id}`);
    });
}

/** Sent with a key, so that it may be repeated and is carried out once; the answer is read as it was written. */
async function execute(
  patchbay: Patchbay,
  slug: string,
  body: BodyOf<'executeTool'>,
  signal: AbortSignal,
): Promise<Answer<'executeTool'>> {
  const response = await patchbay.open('executeTool', {
    path: { slug },
    body,
    idempotencyKey: randomUUID(),
    signal,
  });
  try {
    return parseExactly(await response.text()) as Answer<'executeTool'>;
  } catch (cause) {
    signal.throwIfAborted();
    throw new ConnectionError('The answer to executeTool cannot be read', { cause });
  }
}

type Tool = Item<'listTools'>;

async function listTools(
  cli: Cli,
  query: { search?: string; toolkit_slug?: string[] },
  limit: number,
): Promise<void> {
  const patchbay = await cli.client();
  const items = patchbay.items('listTools', {
    query: { ...query, limit: Math.min(limit + 1, 500) },
    signal: cli.signal,
  });
  await showList<Tool>(cli.output, items, {
    limit,
    fields: {
      slug: ({ slug }) => slug,
      toolkit: ({ toolkit }) => toolkit.slug,
      description: ({ description }) => description,
    },
    empty: 'There is no such tool.',
  });
}

interface Property {
  type?: unknown;
  description?: unknown;
}

async function showTool(cli: Cli, slug: string): Promise<void> {
  const patchbay = await cli.client();
  const tool = await patchbay.request('getTool', { path: { slug }, signal: cli.signal });
  cli.output.details(tool, {
    Slug: () => tool.slug,
    Name: ({ name }) => name,
    Toolkit: ({ toolkit }) => toolkit.slug,
    Version: ({ version }) => version,
    Account: ({ no_auth: needsNone }) => (needsNone ? 'not needed' : 'needed'),
    Scopes: ({ scopes }) => scopes.join(' '),
    Description: ({ description }) => description,
  });
  if (cli.output.json) return;
  const { properties = {}, required = [] } = tool.input_parameters as {
    properties?: Record<string, Property>;
    required?: string[];
  };
  const fields = {
    argument: ([name]: [string, Property]) => name,
    type: ([, { type }]: [string, Property]) => [type].flat().map(String).join(' or '),
    '': ([name]: [string, Property]) => (required.includes(name) ? 'required' : ''),
    description: ([, { description }]: [string, Property]) =>
      typeof description === 'string' ? description : '',
  };
  cli.output.write('');
  cli.output.list(Object.entries(properties), fields, 'It takes no arguments.');
}
