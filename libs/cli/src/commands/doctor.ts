import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Cli } from '../cli.js';
import type { Finding } from '../doctor/index.js';
import { ExitCode } from '../exit-codes.js';
import { clean } from '../output/index.js';

const MARKS = { ok: ['✓', 'green'], warning: ['!', 'yellow'], problem: ['✗', 'red'] } as const;

export function addDoctor(program: CommandUnknownOpts, cli: Cli): void {
  const doctor = program
    .command('doctor')
    .description('Say what is wrong with an installation, and how to mend it.');
  doctor.action(async () => {
    // Loaded here alone, as it knows of servers and migrations.
    const { examine } = await import('../doctor/index.js');
    const diagnosis = await examine(cli);
    if (!diagnosis.healthy) cli.exitCode = ExitCode.unhealthy;
    if (cli.output.json) return cli.output.value(diagnosis);
    const { findings } = diagnosis;
    for (const finding of findings) show(cli, finding);
    cli.output.note(
      `\n${counted(findings)} at ${diagnosis.base_url || 'an address that is not known'}${diagnosis.home === null ? '' : `, with the home ${diagnosis.home}`}.`,
    );
  });
  doctor
    .command('toolkit')
    .description(
      'Try a toolkit that is an MCP server: whether it answers, how one signs in, its tools and their schemas.',
    )
    .argument('<slug>')
    .action(async (slug) => {
      const { diagnoseToolkit } = await import('../doctor/index.js');
      const findings = await diagnoseToolkit(await cli.client(), slug, cli.signal);
      const healthy = findings.every(({ state }) => state !== 'problem');
      if (!healthy) cli.exitCode = ExitCode.unhealthy;
      if (cli.output.json) return cli.output.value({ toolkit: slug, healthy, findings });
      for (const finding of findings) show(cli, finding);
      cli.output.note(`\n${counted(findings)} with ${slug}.`);
    });
}

function counted(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
  return `${count('problem')} problems, ${count('warning')} warnings`;
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
