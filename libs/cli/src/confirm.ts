import { createInterface } from 'node:readline/promises';
import type { Cli } from './cli.js';
import { CliError, UsageError } from './errors.js';
import { clean } from './output/index.js';

/**
 * Asks before what cannot be undone. Where nobody can be asked, `--yes` has to say it.
 * @throws CliError when the answer is no
 */
export async function confirm(cli: Cli, question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  const { stdin, stderr } = cli.surroundings;
  if (!stdin.isTTY || !stderr.isTTY)
    throw new UsageError(`${question} Nobody can be asked here.`, 'Say --yes.');
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await terminal.question(`${clean(question)} [y/N] `, { signal: cli.signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('Nothing was changed.');
  } finally {
    terminal.close();
  }
}
