import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Patchbay } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { UsageError } from '../errors.js';
import { wholeNumber } from '../lists.js';
import { showAccount } from './accounts.js';

export function addLinks(program: CommandUnknownOpts, cli: Cli): void {
  const links = program.command('links').description('Links under which users connect their accounts.');
  links
    .command('create')
    .description('Create a link, to be opened by the user.')
    .argument('<toolkit>')
    .requiredOption('--user <id>', 'whose account it becomes')
    .option('--auth-config <id>', 'how to sign in, where the toolkit has several auth configs')
    .option('--alias <name>', 'what the account is called')
    .option('--callback <address>', 'where the browser goes afterwards')
    .option('--wait', 'wait until the user has signed in')
    .option('--timeout <seconds>', 'how long to wait', wholeNumber, 300)
    .action(async (toolkit, { user, authConfig, alias, callback, wait, timeout }) => {
      const patchbay = await cli.client();
      const { signal, output } = cli;
      const body = {
        auth_config_id: authConfig ?? (await authConfigOf(patchbay, toolkit, signal)),
        user_id: user,
        ...(alias !== undefined && { alias }),
        ...(callback !== undefined && { callback_url: callback }),
      };
      const link = await patchbay.accounts.link(body, { signal });
      if (!wait) {
        return output.details(link, {
          Link: ({ redirect_url: url }) => url,
          Account: ({ connected_account_id: id }) => id,
          'Good until': ({ expires_at: at }) => at,
        });
      }
      output.note(`Open this page to connect ${toolkit}:\n\n  ${link.redirect_url}\n`);
      const id = link.connected_account_id;
      showAccount(cli, await patchbay.accounts.untilActive(id, { timeoutMs: timeout * 1_000, signal }));
    });
}

/** The one that there is, or a new one by the operator's app. */
async function authConfigOf(patchbay: Patchbay, toolkit: string, signal: AbortSignal): Promise<string> {
  const query = { toolkit_slug: toolkit, limit: 20 };
  const { items } = await patchbay.request('listAuthConfigs', { query, signal });
  if (items.length > 1)
    throw new UsageError(
      `${toolkit} has several auth configs.`,
      `Choose one with --auth-config: ${items.map(({ id, name }) => `${id} (${name})`).join(', ')}.`,
    );
  if (items[0]) return items[0].id;
  const body = { toolkit: { slug: toolkit }, auth_config: { type: 'use_composio_managed_auth' as const } };
  return (await patchbay.request('createAuthConfig', { body, signal })).auth_config.id;
}
