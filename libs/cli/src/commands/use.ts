import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { Patchbay } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { CliError } from '../errors.js';
import { ExitCode } from '../exit-codes.js';
import { findProject } from '../projects.js';
import { credentialOf } from '../settings/index.js';

export function addUse(program: CommandUnknownOpts, cli: Cli): void {
  const use = program
    .command('use')
    .description('Choose the project or the profile that commands work with.');
  use
    .command('project')
    .description('Work in this project from now on.')
    .argument('<id or name>')
    .action(async (idOrName) => useProject(cli, idOrName));
  use
    .command('profile')
    .description('Work with this sign-in from now on.')
    .argument('<name>')
    .action(async (name) => useProfile(cli, name));
  program
    .command('profiles')
    .description('List the sign-ins that are kept on this machine.')
    .action(async () => listProfiles(cli));
}

async function useProject(cli: Cli, idOrName: string): Promise<void> {
  const { profileName, profile } = await cli.caller();
  if (!profile)
    throw new CliError(
      'You are not signed in.',
      'Run `patchbay login`; without it, PATCHBAY_PROJECT names a project.',
      ExitCode.notAllowed,
    );
  if (profile.kind !== 'person')
    throw new CliError(
      `The profile ${profileName} is a key, which has its own place.`,
      'Sign in as a person with `patchbay login`.',
      ExitCode.notAllowed,
    );
  const patchbay = new Patchbay({ baseUrl: profile.baseUrl, ...credentialOf(profile) });
  const project = await findProject(patchbay, idOrName, cli.signal);
  await cli.config.change((config) => {
    const kept = config.profiles[profileName];
    if (kept) kept.project = project;
  });
  if (cli.output.json) return cli.output.value({ profile: profileName, project });
  cli.output.write(`The profile ${profileName} works in the project ${project.name}.`);
}

async function useProfile(cli: Cli, name: string): Promise<void> {
  const { profiles } = await cli.config.read();
  if (!profiles[name])
    throw new CliError(
      `There is no profile "${name}".`,
      '`patchbay profiles` lists those that there are.',
      ExitCode.notFound,
    );
  await cli.config.change((config) => {
    config.current = name;
  });
  if (cli.output.json) return cli.output.value({ profile: name });
  cli.output.write(`The profile ${name} is the current one.`);
}

async function listProfiles(cli: Cli): Promise<void> {
  const { current, profiles } = await cli.config.read();
  // Without their keys.
  const items = Object.entries(profiles).map(([name, { baseUrl, kind, email, project }]) => ({
    name,
    current: name === current,
    base_url: baseUrl,
    kind,
    email: email ?? null,
    project: project?.name ?? null,
  }));
  const fields = {
    current: (item: (typeof items)[number]) => (item.current ? '*' : ''),
    name: (item: (typeof items)[number]) => item.name,
    address: (item: (typeof items)[number]) => item.base_url,
    as: (item: (typeof items)[number]) =>
      item.email ?? `a key of ${item.kind === 'project' ? 'a project' : 'the organisation'}`,
    project: (item: (typeof items)[number]) => item.project,
  };
  cli.output.list(items, fields, 'No sign-in is kept. `patchbay login` makes one.');
}
