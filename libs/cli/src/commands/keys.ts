import { InvalidArgumentError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Answer, Patchbay } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { confirm } from '../confirm.js';
import { CliError } from '../errors.js';
import { ExitCode } from '../exit-codes.js';

type Key = Answer<'createApiKey'> | Answer<'createOwnKey'>;
type Areas = NonNullable<Answer<'createApiKey'>['areas']>;

const OWN = ['--own', 'keys of your own, as a person, in place of the project’s'] as const;

export function addKeys(program: CommandUnknownOpts, cli: Cli): void {
  const keys = program.command('keys').description('Keys of the project, or of your own.');
  keys
    .command('list')
    .description('List the keys, by their ends.')
    .option(...OWN)
    .action(async ({ own = false }) => cli.output.list(await keysOf(cli, own), fields, 'There is no key.'));
  keys
    .command('create')
    .description('Create a key. It is shown once.')
    .argument('<name>')
    .option(...OWN)
    .option('--area <area=level>', 'confine it, such as observability=read; may be repeated', area)
    .option('--expires <time>', 'when it ends, in ISO 8601; with --own')
    .action(async (name, { own = false, area: areas, expires }, command) => {
      if (own && areas) command.error('error: --area is for keys of a project');
      if (!own && expires !== undefined) command.error('error: --expires is for keys of your own');
      const patchbay = await cli.client('administration');
      const { signal } = cli;
      const made = own
        ? await patchbay.request('createOwnKey', { body: { name, expires_at: expires ?? null }, signal })
        : await patchbay.request('createApiKey', {
            path: { id: await currentProject(cli, patchbay) },
            body: { name, ...(areas && { areas }) },
            signal,
          });
      cli.output.details<Key>(made, { Id: ({ id }) => id, Name: (key) => key.name, Key: ({ key }) => key });
      if (cli.output.isTerminal) cli.output.note('Keep it now: it is not shown again.');
    });
  keys
    .command('revoke')
    .description('Revoke a key: it stops working at once.')
    .argument('<id>')
    .option(...OWN)
    .action(async (keyId, { own = false }) => {
      const patchbay = await cli.client('administration');
      const answer = own
        ? await patchbay.request('revokeOwnKey', { path: { keyId }, signal: cli.signal })
        : await patchbay.request('revokeApiKey', {
            path: { id: await currentProject(cli, patchbay), keyId },
            signal: cli.signal,
          });
      if (cli.output.json) return cli.output.value(answer);
      cli.output.write(`The key ${keyId} is revoked.`);
    });
  keys
    .command('rotate')
    .description('Replace all keys of the project by a new one, which is shown once.')
    .option('--yes', 'do not ask')
    .action(async ({ yes }) => {
      const patchbay = await cli.client('administration');
      const id = await currentProject(cli, patchbay);
      await confirm(cli, `Replace all keys of the project ${id}?`, yes);
      const { api_key: key } = await patchbay.request('rotateApiKeys', { path: { id }, signal: cli.signal });
      cli.output.details(key, { Id: () => key.id, Name: ({ name }) => name, Key: () => key.key });
    });
}

const fields = {
  id: ({ id }: Key) => id,
  name: ({ name }: Key) => name,
  key: ({ key }: Key) => key,
  'let into': (key: Key) => ('areas' in key && key.areas ? areaText(key.areas) : 'everything'),
  created: ({ created_at: at }: Key) => at,
  ends: (key: Key) => ('expires_at' in key ? key.expires_at : null),
};

async function keysOf(cli: Cli, own: boolean): Promise<Key[]> {
  const patchbay = await cli.client('administration');
  const { signal } = cli;
  if (own) return (await patchbay.request('getMe', { signal })).keys;
  const id = await currentProject(cli, patchbay);
  return (await patchbay.request('getProject', { path: { id }, signal })).api_keys;
}

/** The organisation's key works in no project: it has to be said. */
async function currentProject(cli: Cli, patchbay: Patchbay): Promise<string> {
  const { kind } = await cli.key('administration');
  const named = cli.project;
  if (kind === 'organisation' && named !== undefined) return named;
  if (kind === 'person') {
    const { project } = await patchbay.request('getCurrentProject', { signal: cli.signal });
    if (project) return project.id;
  }
  throw new CliError(
    'No project is chosen.',
    'Name one with --project, or choose one with `patchbay use project`.',
    ExitCode.usage,
  );
}

function area(text: string, before: Areas = {}): Areas {
  const [, name, level] = /^([a-z_]+)=(none|read|write)$/.exec(text) ?? [];
  if (!name) throw new InvalidArgumentError('It is area=none, area=read or area=write.');
  return { ...before, [name]: level as Areas[string] };
}

const areaText = (areas: Areas) =>
  Object.entries(areas)
    .map(([name, level]) => `${name}=${level}`)
    .join(' ');
