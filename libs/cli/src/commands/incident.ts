import { setTimeout as delay } from 'node:timers/promises';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Answer, Patchbay } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { confirm } from '../confirm.js';
import { CliError, UsageError } from '../errors.js';
import { ExitCode } from '../exit-codes.js';
import { isFinal } from '../final.js';
import { DEFAULT_LIMIT, several, showList, wholeNumber } from '../lists.js';
import { allProjects, ownProjects } from '../projects.js';

type Incident = Answer<'getIncident'>;
type Act = Incident['acts'][number];

const LOOK_EVERY_MS = 2_000;
/** Of looks, one after the other: some minutes. */
const MOST_FAILURES = 100;

interface Looking {
  signal: AbortSignal;
  note: (text: string) => void;
  everyMs?: number;
}

export function addIncident(program: CommandUnknownOpts, cli: Cli): void {
  const incident = program
    .command('incident')
    .description(
      'Revoke much at once, when something has leaked. With the organisation’s key, or an owner’s.',
    );
  incident
    .command('revoke')
    .description(
      'Revoke all connected accounts in a scope, here and at their providers. --all, or any of --project, --user, --toolkit.',
    )
    .option('--all', 'of the whole organisation')
    .option('--user <id>', 'only of this user, with --project')
    .option('--toolkit <slug>', 'only at this toolkit')
    .option(
      '--acts <acts>',
      'what is ended: accounts, access (admitted MCP clients), keys (of projects)',
      several,
    )
    .option('--reason <text>', 'for the audit')
    .option('--wait', 'until it is done')
    .option('--yes', 'do not ask')
    .action(async ({ all, user, toolkit, acts, reason, wait, yes }) => {
      const patchbay = await cli.client('administration');
      const project = cli.project && (await projectIdOf(cli, patchbay, cli.project));
      if (Boolean(all) === Boolean(project ?? user ?? toolkit))
        throw new UsageError(
          'The scope is not said.',
          'Give --all, or any of --project, --user and --toolkit.',
        );
      const scope = [
        user && `user ${user}`,
        toolkit && `toolkit ${toolkit}`,
        project && `project ${project}`,
      ];
      const what = scope.filter(Boolean).join(', ') || 'the whole organisation';
      await confirm(
        cli,
        `End ${acts?.join(', ') ?? 'accounts'} of ${what}? Users have to connect again.`,
        yes,
      );
      const begun = await patchbay.request('beginIncident', {
        body: {
          ...(all && { all }),
          ...(project && { project_id: project }),
          ...(user && { user_id: user }),
          ...(toolkit && { toolkit_slug: toolkit }),
          ...(reason && { reason }),
          // The platform says which there are.
          ...(acts && { acts: acts as Act[] }),
        },
        signal: cli.signal,
      });
      show(cli, wait ? await untilDone(patchbay, begun, lookingOf(cli)) : begun);
    });
  incident
    .command('get')
    .description('Show how far an incident has come.')
    .argument('<id>')
    .option('--wait', 'until it is done')
    .action(async (id, { wait }) => {
      const patchbay = await cli.client('administration');
      const found = await patchbay.request('getIncident', { path: { id }, signal: cli.signal });
      show(cli, wait ? await untilDone(patchbay, found, lookingOf(cli)) : found);
    });
  incident
    .command('list')
    .description('List incidents, the newest first.')
    .option('--limit <number>', 'how many are shown', wholeNumber, DEFAULT_LIMIT)
    .action(async ({ limit }) => {
      const patchbay = await cli.client('administration');
      await showList(cli.output, patchbay.items('listIncidents', { signal: cli.signal }), {
        limit,
        fields: {
          id: ({ id }) => id,
          state: ({ state }) => state,
          acts: ({ acts }) => acts.join(','),
          accounts: ({ accounts_revoked: count }) => String(count),
          reason: ({ reason }) => reason,
          begun: ({ begun_at: at }) => at,
        },
        empty: 'There was no incident.',
      });
    });
}

/** By id, or by the name of one that the key's holder sees. */
async function projectIdOf(cli: Cli, patchbay: Patchbay, idOrName: string): Promise<string> {
  if (idOrName.startsWith('proj_')) return idOrName;
  const { kind } = await cli.key('administration');
  const projects = kind === 'organisation' ? allProjects : ownProjects;
  for await (const { id, name } of projects(patchbay, cli.signal)) if (name === idOrName) return id;
  throw new CliError(`There is no project ${idOrName}.`, undefined, ExitCode.notFound);
}

function lookingOf({ signal, output }: Cli): Looking {
  return { signal, note: (text) => output.note(text) };
}

/**
 * Looks until an incident is done. It goes on when a service is killed, and so does this: an outage is told and waited for.
 * @throws ApiError when the platform refuses to show it; what an outage last was, when it does not end
 */
export async function untilDone(
  patchbay: Patchbay,
  begun: Incident,
  { signal, note, everyMs = LOOK_EVERY_MS }: Looking,
): Promise<Incident> {
  let incident = begun;
  let failures = 0;
  while (incident.state === 'running') {
    const { id, accounts_left: accounts, left_at_providers: providers } = incident;
    if (failures === 0) note(`${accounts} accounts left here, ${providers} at their providers.`);
    await delay(everyMs, undefined, { signal });
    try {
      incident = await patchbay.request('getIncident', { path: { id }, signal });
      failures = 0;
    } catch (error) {
      signal.throwIfAborted();
      failures += 1;
      if (isFinal(error) || failures === MOST_FAILURES) throw error;
      note(`${(error as Error).message} Looking again.`);
    }
  }
  return incident;
}

function show(cli: Cli, incident: Incident): void {
  cli.output.details(incident, {
    Id: ({ id }) => id,
    State: ({ state }) => state,
    Ends: ({ acts }) => acts.join(', '),
    Project: ({ project_id: id }) => id,
    User: ({ user_id: id }) => id,
    Toolkit: ({ toolkit_slug: slug }) => slug,
    'Accounts revoked': ({ accounts_revoked: count }) => String(count),
    'At providers too': ({ revoked_at_provider: count }) => String(count),
    'Failed at providers': ({ failed_at_provider: count }) => String(count),
    'Sign-ins ended': ({ sign_ins_ended: count }) => String(count),
    'MCP clients ended': ({ access_ended: count }) => String(count),
    'Keys revoked': ({ keys_revoked: count }) => String(count),
    Left: ({ accounts_left: here, left_at_providers: there }) => `${here} here, ${there} at providers`,
    Reason: ({ reason }) => reason,
    Begun: ({ begun_at: at }) => at,
    Finished: ({ finished_at: at }) => at,
  });
}
