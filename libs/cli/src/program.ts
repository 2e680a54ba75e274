import { readFileSync } from 'node:fs';
import { Command, Option } from '@commander-js/extra-typings';
import type { Cli } from './cli.js';
import { addAccounts } from './commands/accounts.js';
import { addDoctor } from './commands/doctor.js';
import { addIncident } from './commands/incident.js';
import { addKeys } from './commands/keys.js';
import { addLinks } from './commands/links.js';
import { addLogs } from './commands/logs.js';
import { addProjects } from './commands/projects.js';
import { addSessions } from './commands/sessions.js';
import { addSignIn } from './commands/sign-in.js';
import { addToolkits } from './commands/toolkits.js';
import { addTools } from './commands/tools.js';
import { addTriggers } from './commands/triggers.js';
import { addUse } from './commands/use.js';
import { addCompletion } from './completion.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const AFTER_HELP = `
Environment:
  PATCHBAY_URL            where the platform is
  PATCHBAY_API_KEY        a project's key
  PATCHBAY_USER_API_KEY   a person's key
  PATCHBAY_ORG_API_KEY    the organisation's key
  PATCHBAY_PROFILE        the profile, as --profile
  PATCHBAY_PROJECT        the project, as --project
  PATCHBAY_CONFIG         the file of the profiles
  NO_COLOR                no colours

Exit codes: 0 done, 1 failed, 2 wrong command line, 3 not allowed, 4 not found,
5 not reachable, 6 the tool failed, 7 unhealthy (doctor), 130 Ctrl-C`;

/** All commands, and what holds for every one of them. */
export function buildProgram(cli: Cli): Command {
  const program = new Command('patchbay')
    .description('Patchbay on the command line.')
    .version(version)
    .option('--json', 'write what was asked for as JSON, and errors too')
    .addOption(new Option('--url <address>', 'where the platform is').conflicts('profile'))
    .option('--profile <name>', 'the sign-in to use, in place of the environment and the current one')
    .option('--project <id or name>', "the project to work in, by a person's key")
    .addHelpText('after', AFTER_HELP)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    // What is wrong with a command line is told where all failures are.
    .configureOutput({ outputError: () => undefined })
    .hook('preAction', (root) => {
      cli.where = root.opts();
    });
  addSignIn(program, cli);
  addUse(program, cli);
  addProjects(program, cli);
  addKeys(program, cli);
  addSessions(program, cli);
  addAccounts(program, cli);
  addLinks(program, cli);
  addTools(program, cli);
  addToolkits(program, cli);
  addLogs(program, cli);
  addTriggers(program, cli);
  addIncident(program, cli);
  addDoctor(program, cli);
  addCompletion(program);
  return program as unknown as Command;
}
