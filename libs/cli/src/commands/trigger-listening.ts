import type { Command } from '@commander-js/extra-typings';
import type { Cli } from '../cli.js';
import { forward, newWebhookSecret } from '../forward.js';
import { several } from '../lists.js';
import { clean, oneLine } from '../output/index.js';
import { followEvents, type TriggerEvent } from '../tail.js';

interface Filters {
  type?: string[] | undefined;
  trigger?: string[] | undefined;
  slug?: string[] | undefined;
  toolkit?: string[] | undefined;
  user?: string[] | undefined;
  account?: string[] | undefined;
}

export function addListen(triggers: Command, cli: Cli): void {
  triggers
    .command('listen')
    .description('Follow events as they happen, until Ctrl-C, and send them on to a program of yours.')
    .option('--type <types>', 'only of these types, as composio.trigger.message', several)
    .option('--trigger <ids>', 'only of these triggers', several)
    .option('--slug <slugs>', 'only of triggers of these types', several)
    .option('--toolkit <slugs>', 'only of these toolkits', several)
    .option('--user <ids>', 'only of these users', several)
    .option('--account <ids>', 'only of these accounts', several)
    .option('--forward <url>', 'post each to this address, signed as a webhook is')
    .option('--secret <secret>', 'sign with this secret; without it, with a new one, which is shown')
    .action(async ({ forward: to, secret, ...filters }) => listen(cli, filters, to, secret));
}

async function listen(cli: Cli, filters: Filters, to?: string, given?: string): Promise<void> {
  const { output, signal } = cli;
  const patchbay = await cli.client();
  const secret = given ?? newWebhookSecret();
  if (to !== undefined && given === undefined) output.note(`Signed with the secret ${secret}`);
  const onNews = (text: string) => output.note(text);
  try {
    for await (const event of followEvents(patchbay, { filters: queryOf(filters), signal, onNews })) {
      const { body, ...shown } = event;
      if (output.json) output.line(shown);
      else output.write(lineOf(cli, event));
      if (to !== undefined) output.note(await forward({ id: event.id, body }, { to, secret, signal }));
    }
  } catch (error) {
    // Ctrl-C is how one stops listening.
    if (!signal.aborted) throw error;
  }
}

function queryOf({ type, trigger, slug, toolkit, user, account }: Filters) {
  return {
    ...(type && { event_types: type }),
    ...(trigger && { trigger_ids: trigger }),
    ...(slug && { trigger_slugs: slug }),
    ...(toolkit && { toolkit_slugs: toolkit }),
    ...(user && { user_ids: user }),
    ...(account && { connected_account_ids: account }),
  };
}

/** Those who read it by a program have a column each. */
function lineOf({ output }: Cli, { timestamp, type, id, metadata, data }: TriggerEvent): string {
  const told = (name: string) => (typeof metadata[name] === 'string' ? oneLine(metadata[name]) : '');
  const what = told('trigger_slug') || oneLine(type);
  const row = [timestamp, what, told('user_id'), id, oneLine(JSON.stringify(data))];
  if (!output.isTerminal) return row.join('\t');
  const time = new Date(timestamp).toLocaleTimeString('en-GB');
  return [
    output.styled('dim', time),
    output.styled('cyan', clean(what)),
    output.styled('dim', `for ${told('user_id') || 'the project'}`),
    oneLine(JSON.stringify(data)).slice(0, 200),
  ].join('  ');
}
