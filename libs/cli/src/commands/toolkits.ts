import { InvalidArgumentError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { text } from 'node:stream/consumers';
import type { BodyOf, Item } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { confirm } from '../confirm.js';
import { UsageError } from '../errors.js';
import { readText, valuesFromEnvironment } from '../input.js';
import { DEFAULT_LIMIT, showList, wholeNumber } from '../lists.js';
import { reportImport } from './import-report.js';
import { programOf, several, variable } from './program.js';
import { addRegistry } from './registry.js';

type Source = NonNullable<BodyOf<'upsertCustomToolkit'>['source']>;

export function addToolkits(program: CommandUnknownOpts, cli: Cli): void {
  const toolkits = program
    .command('toolkits')
    .description('Toolkits: those that ship, and those that the project added.');
  toolkits
    .command('list')
    .description('List toolkits.')
    .option('--search <words>', 'only those that these words find')
    .option('--own', 'only those that the project added')
    .option('--limit <number>', 'how many are shown', wholeNumber, DEFAULT_LIMIT)
    .action(async ({ search, own, limit }) => {
      const patchbay = await cli.client();
      const query = { ...(search !== undefined && { search }), ...(own && { type: 'custom' as const }) };
      await showList<Item<'listToolkits'>>(
        cli.output,
        patchbay.items('listToolkits', { query, signal: cli.signal }),
        {
          limit,
          fields: {
            slug: ({ slug }) => slug,
            name: ({ name }) => name,
            tools: ({ meta }) => meta.tools_count,
            'signs in by': ({ no_auth: needsNone, auth_schemes: schemes }) =>
              needsNone ? 'nothing' : schemes.join(', '),
            description: ({ meta }) => meta.description,
          },
          empty: 'There is no such toolkit.',
        },
      );
    });
  toolkits
    .command('get')
    .description('Show a toolkit, and how one signs in there.')
    .argument('<slug>')
    .action(async (slug) => {
      const patchbay = await cli.client();
      const toolkit = await patchbay.request('getToolkit', { path: { slug }, signal: cli.signal });
      cli.output.details(toolkit, {
        Slug: () => toolkit.slug,
        Name: ({ name }) => name,
        Tools: ({ meta }) => meta.tools_count,
        Version: ({ meta }) => meta.version,
        'Signs in by': ({ auth_config_details: details }) =>
          details.map(({ mode }) => mode).join(', ') || 'nothing',
        'App of the operator': ({ composio_managed_auth_schemes: schemes }) => schemes.join(', ') || 'none',
        'API at': ({ base_url: url }) => url,
        Description: ({ meta }) => meta.description,
      });
    });
  toolkits
    .command('import')
    .description(
      'Add a toolkit to the project, or read its source again: of an OpenAPI document, of an MCP server, or of one that is a program.',
    )
    .argument('<slug>', 'what it is called')
    .argument(
      '<source>',
      'the document: a file, an address, or - for standard input; with --mcp the address of the server; with --stdio a package, such as npm:@acme/server@1.2.3',
    )
    .option('--mcp', 'the source is an MCP server')
    .option('--stdio', 'the source is an MCP server that is a program, which the operator lets run')
    .option('--name <name>', 'what people see')
    .option('--base-url <address>', 'where the API is, when the document does not say it')
    .option(
      '--header-env <name=VARIABLE>',
      'a header for the MCP server, with the value of an environment variable; may be repeated',
      header,
    )
    .option('--argument <text>', 'with --stdio: an argument of the program; may be repeated', several)
    .option(
      '--value-env <NAME=VARIABLE>',
      'with --stdio: a variable of the program, the same for everybody, with the value of an environment variable here; may be repeated',
      variable,
    )
    .option(
      '--ask <NAME>',
      'with --stdio: a variable of the program that each user says who connects an account; may be repeated',
      several,
    )
    .option('--approve', 'approve what differs from before')
    .action(async (slug, source, { mcp, stdio, name, baseUrl, headerEnv, approve, ...program }) => {
      if (mcp && stdio) throw new UsageError('The source is at an address or a program: --mcp or --stdio.');
      if (!stdio && Object.keys(program).length > 0)
        throw new UsageError('--argument, --value-env and --ask are for programs: --stdio.');
      if (stdio && baseUrl !== undefined) throw new UsageError('--base-url is for OpenAPI documents.');
      if (mcp && baseUrl !== undefined) throw new UsageError('--base-url is for OpenAPI documents.');
      if (!mcp && headerEnv) throw new UsageError('--header-env is for MCP servers.');
      const read = stdio
        ? programOf(source, program, cli)
        : mcp
          ? {
              type: 'mcp' as const,
              url: source,
              ...(headerEnv && { headers: valuesFromEnvironment(headerEnv, cli.env) }),
            }
          : await openApi(source, baseUrl, cli);
      const body = { slug, source: read, ...(name !== undefined && { name }), ...(approve && { approve }) };
      const patchbay = await cli.client();
      reportImport(cli, await patchbay.request('upsertCustomToolkit', { body, signal: cli.signal }));
    });
  addRegistry(toolkits, cli);
  toolkits
    .command('refresh')
    .description('Read the source of a toolkit of the project again.')
    .argument('<slug>')
    .action(async (slug) => {
      const patchbay = await cli.client();
      reportImport(
        cli,
        await patchbay.request('refreshCustomToolkit', { path: { slug }, signal: cli.signal }),
      );
    });
  toolkits
    .command('approve')
    .description('Approve what differs in a toolkit of the project, and was held back.')
    .argument('<slug>')
    .action(async (slug) => {
      const patchbay = await cli.client();
      const toolkit = await patchbay.request('approveCustomToolkit', { path: { slug }, signal: cli.signal });
      if (cli.output.json) return cli.output.value(toolkit);
      cli.output.write(`${slug} is served as its source has it: version ${toolkit.version}.`);
    });
  toolkits
    .command('delete')
    .description('Delete a toolkit of the project with its auth configs and accounts.')
    .argument('<slug>')
    .option('--yes', 'do not ask')
    .action(async (slug, { yes }) => {
      const patchbay = await cli.client();
      await confirm(cli, `Delete the toolkit ${slug} with its auth configs and accounts?`, yes);
      const gone = await patchbay.request('deleteCustomToolkit', { path: { slug }, signal: cli.signal });
      if (cli.output.json) return cli.output.value(gone);
      cli.output.write(
        `${slug} is deleted, with ${gone.auth_configs_deleted} auth configs and ${gone.connected_accounts_deleted} accounts.`,
      );
    });
}

async function openApi(source: string, baseUrl: string | undefined, cli: Cli): Promise<Source> {
  const more = baseUrl === undefined ? {} : { base_url: baseUrl };
  if (/^https?:\/\//i.test(source)) return { type: 'openapi', url: source, ...more };
  const document = source === '-' ? await text(cli.surroundings.stdin) : await readText(source);
  return { type: 'openapi', document, ...more };
}

function header(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, variable] = /^([^=\s]+)=([A-Za-z_]\w*)$/.exec(text) ?? [];
  if (!name || !variable)
    throw new InvalidArgumentError('It is a header and the name of a variable, such as x-api-key=ACME_KEY.');
  return { ...before, [name]: variable };
}
