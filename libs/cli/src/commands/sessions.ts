import { randomUUID } from 'node:crypto';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Answer, BodyOf, Item, Patchbay } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { UsageError } from '../errors.js';
import { DEFAULT_LIMIT, several, showList, wholeNumber } from '../lists.js';
import { clean } from '../output/index.js';

type Session = Answer<'createSession'>;
type Setup = Answer<'listMcpClientSetups'>['clients'][string];

export function addSessions(program: CommandUnknownOpts, cli: Cli): void {
  const sessions = program
    .command('sessions')
    .description("Sessions: one user's tools, accounts and MCP endpoint.");
  sessions
    .command('create')
    .description('Create a session.')
    .requiredOption('--user <id>', 'the user, by an id of your product')
    .option('--toolkits <slugs>', 'only these toolkits, joined by commas', several)
    .option('--without-toolkits <slugs>', 'all toolkits but these', several)
    .option('--account <id>', 'pin an account of the user; may be repeated', several)
    .option('--config <id>', 'take the scope of a saved config')
    .action(async ({ user, toolkits, withoutToolkits, account, config }) => {
      if (toolkits && withoutToolkits)
        throw new UsageError('Say --toolkits or --without-toolkits, not both.');
      const patchbay = await cli.client();
      const { signal } = cli;
      const body: BodyOf<'createSession'> = {
        user_id: user,
        ...(toolkits && { toolkits: { enable: toolkits } }),
        ...(withoutToolkits && { toolkits: { disable: withoutToolkits } }),
        ...(account && { connected_accounts: await byToolkit(patchbay, account, signal) }),
        ...(config !== undefined && { experimental: { session_config_id: config } }),
      };
      const { state } = await patchbay.sessions.create(body, { idempotencyKey: randomUUID(), signal });
      await showSession(cli, patchbay, state);
    });
  sessions
    .command('list')
    .description('List sessions, the newest first.')
    .option('--user <id>', 'only of this user')
    .option('--search <text>', 'only the session of this id, or of users whose id begins so')
    .option('--limit <number>', 'how many are shown', wholeNumber, DEFAULT_LIMIT)
    .action(async ({ user, search, limit }) => {
      const patchbay = await cli.client();
      const query = { ...(user !== undefined && { user_id: user }), ...(search !== undefined && { search }) };
      await showList<Item<'listSessions'>>(
        cli.output,
        patchbay.items('listSessions', { query, signal: cli.signal }),
        {
          limit,
          fields: {
            id: ({ session_id: id }) => id,
            user: ({ user_id: id }) => id,
            toolkits: ({ toolkits }) => scopeText(toolkits),
            created: ({ created_at: at }) => at,
          },
          empty: 'There is no such session.',
        },
      );
    });
  sessions
    .command('get')
    .description('Show a session, its MCP address, and what to paste into MCP clients.')
    .argument('<id>')
    .action(async (id) => {
      const patchbay = await cli.client();
      await showSession(cli, patchbay, (await patchbay.sessions.get(id, { signal: cli.signal })).state);
    });
  sessions
    .command('mcp')
    .description(
      'Print what one MCP client wants for a session, ready to paste; without a client, which there are.',
    )
    .argument('<id>')
    .argument('[client]', 'such as claude_code or cursor')
    .action(async (id, client) => {
      const patchbay = await cli.client();
      const { clients } = await patchbay.request('listMcpClientSetups', {
        path: { sessionId: id },
        signal: cli.signal,
      });
      if (client === undefined) {
        const items = Object.entries(clients).map(([slug, setup]) => ({ slug, ...setup }));
        const fields = {
          client: ({ slug }: { slug: string }) => slug,
          name: ({ name }: Setup) => name,
          'goes into': ({ path }: Setup) => path ?? 'a shell',
        };
        return cli.output.list(items, fields, 'No MCP client is known.');
      }
      const setup = clients[client];
      if (!setup) throw new UsageError(`"${client}" is none of ${Object.keys(clients).join(', ')}.`);
      if (cli.output.json) return cli.output.value(setup);
      if (setup.path !== undefined) cli.output.note(`For ${setup.path}:`);
      cli.output.write(clean(setup.content).trimEnd());
    });
  sessions
    .command('delete')
    .description('Delete a session: its MCP endpoint and what runs in it end at once.')
    .argument('<id>')
    .action(async (id) => {
      const patchbay = await cli.client();
      const answer = await patchbay.request('deleteSession', {
        path: { sessionId: id },
        idempotencyKey: randomUUID(),
        signal: cli.signal,
      });
      if (cli.output.json) return cli.output.value(answer);
      cli.output.write(`The session ${id} is deleted.`);
    });
}

async function showSession(cli: Cli, patchbay: Patchbay, session: Session): Promise<void> {
  const { clients } = await patchbay.request('listMcpClientSetups', {
    path: { sessionId: session.session_id },
    signal: cli.signal,
  });
  if (cli.output.json) return cli.output.value({ ...session, mcp_clients: clients });
  cli.output.details(session, {
    Id: ({ session_id: id }) => id,
    User: ({ config }) => config.user_id,
    Toolkits: ({ config: { toolkits } }) => scopeText(toolkits),
    Tools: ({ tool_router_tools: tools }) => tools.join('\n'),
    Version: ({ config_version: version }) => version,
    MCP: ({ mcp }) => mcp.url,
  });
  for (const { message } of session.warnings ?? []) cli.output.note(`Warning: ${message}`);
  if (!cli.output.isTerminal) return;
  for (const { name, path, content } of Object.values(clients)) {
    cli.output.write(
      `\n${cli.output.styled('bold', clean(name))}${path === undefined ? '' : `, in ${clean(path)}`}:\n`,
    );
    cli.output.write(clean(content).trimEnd());
  }
}

function scopeText(toolkits: Session['config']['toolkits']): string {
  if (!toolkits) return 'all';
  return 'enabled' in toolkits
    ? toolkits.enabled.join(', ') || 'none'
    : `all but ${toolkits.disabled.join(', ')}`;
}

/** A session pins accounts by their toolkits. */
async function byToolkit(
  patchbay: Patchbay,
  ids: string[],
  signal: AbortSignal,
): Promise<Record<string, string[]>> {
  const accounts = await Promise.all(ids.map((id) => patchbay.accounts.get(id, { signal })));
  const pinned: Record<string, string[]> = {};
  for (const { id, toolkit } of accounts) (pinned[toolkit.slug] ??= []).push(id);
  return pinned;
}
