import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Answer, BodyOf, Item } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { confirm } from '../confirm.js';
import { read, toolArguments } from '../input.js';
import { DEFAULT_LIMIT, several, showList, wholeNumber } from '../lists.js';
import { addListen } from './trigger-listening.js';

type Trigger = Item<'listTriggers'>;
type TriggerType = Answer<'getTriggerType'>;

const PAGE = 500;

export function addTriggers(program: CommandUnknownOpts, cli: Cli): void {
  const triggers = program.command('triggers').description('Triggers: what happens at providers.');
  triggers
    .command('types')
    .description('List what can be watched, or show one type and its settings.')
    .argument('[slug]')
    .option('--toolkit <slugs>', 'only of these toolkits', several)
    .option('--limit <number>', 'how many are shown', wholeNumber, DEFAULT_LIMIT)
    .action(async (slug, { toolkit, limit }) =>
      slug === undefined ? listTypes(cli, toolkit, limit) : showType(cli, slug),
    );
  triggers
    .command('list')
    .description('List triggers, also those that are disabled.')
    .option('--user <ids>', 'only of these users', several)
    .option('--account <ids>', 'only of these accounts', several)
    .option('--slug <slugs>', 'only of these types', several)
    .option('--limit <number>', 'how many are shown', wholeNumber, DEFAULT_LIMIT)
    .action(async ({ user, account, slug, limit }) => {
      const patchbay = await cli.client();
      const query = {
        show_disabled: true,
        limit: Math.min(limit + 1, PAGE),
        ...(user && { user_ids: user }),
        ...(account && { connected_account_ids: account }),
        ...(slug && { trigger_names: slug }),
      };
      const items = patchbay.items('listTriggers', { query, signal: cli.signal });
      await showList<Trigger>(cli.output, items, {
        limit,
        fields: {
          id: ({ id }) => id,
          type: ({ trigger_name: name }) => name,
          user: ({ user_id: of }) => of,
          account: ({ connected_account_id: of }) => of,
          by: ({ type }) => type,
          state: ({ disabled_at: at, disabled_reason: why }) => (at === null ? 'enabled' : why),
          last: ({ last_event_at: at }) => at,
          error: ({ last_error: error }) => error,
        },
        empty: 'There is no such trigger.',
      });
    });
  triggers
    .command('create')
    .description('Watch something for a user. What is watched already is enabled, and not made again.')
    .argument('<type>')
    .argument('[settings...]', 'name=text, or name:=json for a number, a list, true and the like')
    .option('--user <id>', 'for whom, by an id of your product')
    .option('--account <id>', "the account to watch with, where it is not the user's newest")
    .option('--config <json>', 'all settings as JSON: {…}, @file, or - for standard input')
    .action(async (slug, settings, { user, account, config }) => {
      const given = config === undefined ? undefined : await read(config, cli.surroundings.stdin);
      const body: BodyOf<'upsertTrigger'> = {
        trigger_config: toolArguments(given, settings),
        ...(user !== undefined && { user_id: user }),
        ...(account !== undefined && { connected_account_id: account }),
      };
      const patchbay = await cli.client();
      const answer = await patchbay.request('upsertTrigger', { path: { slug }, body, signal: cli.signal });
      if (cli.output.json) return cli.output.value(answer);
      cli.output.write(answer.trigger_id);
    });
  for (const [name, done] of [
    ['enable', 'enabled'],
    ['disable', 'disabled'],
  ] as const) {
    triggers
      .command(name)
      .description(name === 'enable' ? 'Watch again.' : 'Watch no more, and keep the trigger.')
      .argument('<id>')
      .action(async (id) => {
        const body = { status: name };
        await (await cli.client()).request('setTriggerStatus', { path: { id }, body, signal: cli.signal });
        if (cli.output.json) return cli.output.value({ id, status: done });
        cli.output.write(`The trigger ${id} is ${done}.`);
      });
  }
  triggers
    .command('delete')
    .description('Delete a trigger, and its hook at the provider.')
    .argument('<id>')
    .option('--yes', 'do not ask')
    .action(async (id, { yes }) => {
      const patchbay = await cli.client();
      await confirm(cli, `Delete the trigger ${id}?`, yes);
      await patchbay.request('deleteTrigger', { path: { id }, signal: cli.signal });
      if (cli.output.json) return cli.output.value({ id, deleted: true });
      cli.output.write(`The trigger ${id} is deleted.`);
    });
  addListen(triggers, cli);
}

async function listTypes(cli: Cli, toolkits: string[] | undefined, limit: number): Promise<void> {
  const patchbay = await cli.client();
  const query = { limit: Math.min(limit + 1, PAGE), ...(toolkits && { toolkit_slugs: toolkits }) };
  const items = patchbay.items('listTriggerTypes', { query, signal: cli.signal });
  await showList<Item<'listTriggerTypes'>>(cli.output, items, {
    limit,
    fields: {
      slug: ({ slug }) => slug,
      by: ({ type }) => type,
      name: ({ name }) => name,
    },
    empty: 'There is no such type.',
  });
}

async function showType(cli: Cli, slug: string): Promise<void> {
  const patchbay = await cli.client();
  const type: TriggerType = await patchbay.request('getTriggerType', { path: { slug }, signal: cli.signal });
  if (cli.output.json) return cli.output.value(type);
  cli.output.details(type, {
    Slug: () => type.slug,
    Name: ({ name }) => name,
    'Told by': ({ type: by }) => by,
    Version: ({ version }) => version,
    About: ({ description }) => description,
    Instructions: ({ instructions }) => instructions,
  });
  cli.output.write('');
  cli.output.value({ config: type.config, payload: type.payload });
}
