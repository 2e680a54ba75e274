import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Answer } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { confirm } from '../confirm.js';
import { DEFAULT_LIMIT, showList, wholeNumber } from '../lists.js';
import { allProjects, ownProjects } from '../projects.js';

type Listed = Pick<Answer<'listProjects'>['data'][number], 'id' | 'name' | 'created_at'>;

export function addProjects(program: CommandUnknownOpts, cli: Cli): void {
  const projects = program.command('projects').description('Projects of the organisation.');
  projects
    .command('list')
    .description('List the projects that you are in; with the organisation’s key, all.')
    .option('--limit <number>', 'how many are shown', wholeNumber, DEFAULT_LIMIT)
    .action(async ({ limit }) =>
      showList<Listed>(cli.output, await everyProject(cli), {
        limit,
        fields: { id: ({ id }) => id, name: ({ name }) => name, created: ({ created_at: at }) => at },
        empty: 'You are in no project.',
      }),
    );
  projects
    .command('create')
    .description('Create a project.')
    .argument('<name>')
    .option('--key', 'make a key of it, which is shown once')
    .action(async (name, { key = false }) => {
      const patchbay = await cli.client('administration');
      const body = { name, should_create_api_key: key };
      const made = await patchbay.request('createProject', { body, signal: cli.signal });
      cli.output.details(made, {
        Id: ({ id }) => id,
        Name: (project) => project.name,
        Key: ({ api_key: secret }) => secret,
      });
    });
  projects
    .command('get')
    .description('Show a project.')
    .argument('<id>')
    .action(async (id) => {
      const patchbay = await cli.client('administration');
      const project = await patchbay.request('getProject', { path: { id }, signal: cli.signal });
      cli.output.details(project, {
        Id: () => project.id,
        Name: ({ name }) => name,
        'Shown as': ({ display_name: name }) => name,
        Keys: ({ api_keys: keys }) => keys.map(({ name, key }) => `${name} ${key}`).join('\n'),
        Created: ({ created_at: at }) => at,
      });
    });
  projects
    .command('delete')
    .description('Delete a project with its keys, accounts and sessions.')
    .argument('<id>')
    .option('--yes', 'do not ask')
    .action(async (id, { yes }) => {
      const patchbay = await cli.client('administration');
      const { name } = await patchbay.request('getProject', { path: { id }, signal: cli.signal });
      await confirm(cli, `Delete the project ${name} with all that is in it?`, yes);
      const answer = await patchbay.request('deleteProject', { path: { id }, signal: cli.signal });
      if (cli.output.json) return cli.output.value(answer);
      cli.output.write(`The project ${id} is deleted.`);
    });
}

async function everyProject(cli: Cli): Promise<AsyncIterable<Listed>> {
  const patchbay = await cli.client('administration');
  const { kind } = await cli.key('administration');
  return kind === 'person' ? ownProjects(patchbay, cli.signal) : allProjects(patchbay, cli.signal);
}
