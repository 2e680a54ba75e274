import tab from '@bomb.sh/tab/commander';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Command } from 'commander';

/**
 * `completion <shell>` prints the script, which asks `complete -- <words>` for each Tab. To be added last: it reads the commands
 * that there are.
 */
export function addCompletion(program: CommandUnknownOpts): void {
  const completion = tab(program as unknown as Command, { completionCommandName: 'completion' });
  for (const command of completion.commands.values())
    for (const option of program.options) {
      if (option.long === null || option.long === undefined) continue;
      const name = option.long.slice(2);
      if (option.required) command.option(name, option.description, () => undefined);
      else command.option(name, option.description);
    }
}
