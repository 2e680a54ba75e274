import { CommanderError } from '@commander-js/extra-typings';
import { Cli, type Surroundings } from './cli.js';
import { failureOf } from './errors.js';
import { ExitCode } from './exit-codes.js';
import { buildProgram } from './program.js';

/** Runs a command line. Gives the code to end with. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const cli = new Cli(surroundings);
  // Before it is parsed: what is wrong with a command line is told as JSON, too.
  cli.output.json = argv.includes('--json');
  const program = buildProgram(cli);
  // A reader that has seen enough, such as `head`, is no failure.
  surroundings.stdout.on('error', () => process.exit(ExitCode.done));
  process.once('SIGINT', () => cli.interrupted.abort(new Error('Interrupted')));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    if (cli.signal.aborted) return ExitCode.interrupted;
    if (isHelp(error)) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    const failure = failureOf(error, await cli.baseUrl());
    cli.output.failure(failure);
    return failure.exitCode;
  }
}

/** The help was shown, asked for or in place of a command that was left out. */
function isHelp(error: unknown): error is CommanderError {
  return error instanceof CommanderError && /^commander\.(help|helpDisplayed|version)$/.test(error.code);
}
