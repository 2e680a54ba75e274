import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Cli } from '../cli.js';
import type { Finding } from '../doctor/index.js';
import { ExitCode } from '../exit-codes.js';
import { clean } from '../output/index.js';

const MARKS = { ok: ['✓', 'green'], warning: ['!', 'yellow'], problem: ['✗', 'red'] } as const;

export function addDoctor(program: CommandUnknownOpts, cli: Cli): void {
  program
    .command('doctor')
    .description('Say what is wrong with an installation, and how to mend it.')
    .action(async () => {
      // Loaded here alone, as it knows of servers and migrations.
      const { examine } = await import('../doctor/index.js');
      const diagnosis = await examine(cli);
      if (!diagnosis.healthy) cli.exitCode = ExitCode.unhealthy;
      if (cli.output.json) return cli.output.value(diagnosis);
      const { findings } = diagnosis;
      for (const finding of findings) show(cli, finding);
      const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
      cli.output.note(
        `\n${count('problem')} problems, ${count('warning')} warnings at ${diagnosis.base_url || 'an address that is not known'}${diagnosis.home === null ? '' : `, with the home ${diagnosis.home}`}.`,
      );
    });
}

function show({ output }: Cli, { subject, state, message, remedy }: Finding): void {
  if (!output.isTerminal) {
    output.write(
      [state, subject, message, remedy ?? ''].map((text) => clean(text).replaceAll('\n', ' ')).join('\t'),
    );
    return;
  }
  const [mark, colour] = MARKS[state];
  output.write(`${output.styled(colour, mark)} ${output.styled('bold', clean(subject))}  ${clean(message)}`);
  if (remedy !== undefined) output.write(`  ${clean(remedy).replaceAll('\n', '\n  ')}`);
}
