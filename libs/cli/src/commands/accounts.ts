import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Answer, QueryOf } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { confirm } from '../confirm.js';
import { DEFAULT_LIMIT, several, showList, wholeNumber } from '../lists.js';

type Account = Answer<'getConnectedAccount'>;
type Statuses = NonNullable<QueryOf<'listConnectedAccounts'>['statuses']>;

export function addAccounts(program: CommandUnknownOpts, cli: Cli): void {
  const accounts = program
    .command('accounts')
    .description("Connected accounts: users' sign-ins at toolkits.");
  accounts
    .command('list')
    .description('List accounts, the newest first.')
    .option('--user <ids>', 'only of these users', several)
    .option('--toolkit <slugs>', 'only at these toolkits', several)
    .option('--status <states>', 'only in these states, such as ACTIVE or EXPIRED', several)
    .option('--limit <number>', 'how many are shown', wholeNumber, DEFAULT_LIMIT)
    .action(async ({ user, toolkit, status, limit }) => {
      const patchbay = await cli.client();
      const query = {
        ...(user && { user_ids: user }),
        ...(toolkit && { toolkit_slugs: toolkit }),
        // The platform says which there are.
        ...(status && { statuses: status.map((one) => one.toUpperCase()) as Statuses }),
      };
      await showList(cli.output, patchbay.accounts.list(query, { signal: cli.signal }), {
        limit,
        fields: {
          id: ({ id }) => id,
          user: (account) => account.user_id,
          toolkit: (account) => account.toolkit.slug,
          status: ({ status }) => status,
          alias: ({ alias }) => alias,
          created: ({ created_at: at }) => at,
        },
        empty: 'There is no such account.',
      });
    });
  accounts
    .command('get')
    .description('Show an account. Its secrets stay masked.')
    .argument('<id>')
    .action(async (id) =>
      showAccount(cli, await (await cli.client()).accounts.get(id, { signal: cli.signal })),
    );
  for (const [name, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    accounts
      .command(name)
      .description(enabled ? 'Let calls use an account again.' : 'Keep calls from using an account.')
      .argument('<id>')
      .action(async (id) => {
        const patchbay = await cli.client();
        await patchbay.accounts.setEnabled(id, enabled, { signal: cli.signal });
        showAccount(cli, await patchbay.accounts.get(id, { signal: cli.signal }));
      });
  }
  accounts
    .command('revoke')
    .description('Revoke what the provider lets revoke, and keep the account as revoked.')
    .argument('<id>')
    .option('--yes', 'do not ask')
    .action(async (id, { yes }) => {
      const patchbay = await cli.client();
      await confirm(cli, `Revoke the account ${id} at its provider?`, yes);
      const answer = await patchbay.accounts.revoke(id, { signal: cli.signal });
      if (cli.output.json) return cli.output.value(answer);
      const tokens = answer.revoked_tokens.join(', ').replaceAll('_', ' ') || 'nothing';
      cli.output.write(
        `The account ${id} is ${answer.connected_account.status}. Revoked at the provider: ${tokens}.`,
      );
    });
  accounts
    .command('delete')
    .description('Delete an account.')
    .argument('<id>')
    .option('--yes', 'do not ask')
    .action(async (id, { yes }) => {
      const patchbay = await cli.client();
      await confirm(cli, `Delete the account ${id}?`, yes);
      await patchbay.accounts.delete(id, { signal: cli.signal });
      if (cli.output.json) return cli.output.value({ id, deleted: true });
      cli.output.write(`The account ${id} is deleted.`);
    });
}

/** One account, as `links create --wait` shows it too. */
export function showAccount(cli: Cli, account: Account): void {
  cli.output.details(account, {
    Id: ({ id }) => id,
    User: ({ user_id: user }) => user,
    Toolkit: ({ toolkit }) => toolkit.slug,
    Status: ({ status }) => status,
    Why: ({ status_reason: reason }) => reason,
    Alias: ({ alias }) => alias,
    'Signs in by': ({ auth_config: config }) => `${config.auth_scheme} (${config.id})`,
    Sharing: ({ experimental }) => experimental.account_type,
    Created: ({ created_at: at }) => at,
  });
}
