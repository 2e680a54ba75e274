import type { CodeOutcome, CommandOutcome, RunOutput } from '@patchbay/contracts';
import type { CellAnswer, CommandAnswer } from '../agent/index.js';

const SUFFIX_CHARACTERS = 4;

export interface RunContext {
  limitSeconds: number;
  memoryBytes: number;
  sandboxId: string;
  notice: string | null;
}

type Output = CellAnswer['stdout'];

export function toCodeOutcome(
  answer: CellAnswer,
  pictures: CodeOutcome['pictures'],
  context: RunContext,
): CodeOutcome {
  return {
    ...common(answer, context),
    result: 'result' in answer ? answer.result : '',
    error: errorOf(answer, context),
    pictures,
  };
}

export function toCommandOutcome(answer: CommandAnswer, context: RunContext): CommandOutcome {
  const error = answer.timedOut ? tooLong('The command', context) : null;
  return { ...common(answer, context), exitCode: answer.exitCode, error };
}

function common(answer: { stdout: Output; stderr: Output }, { sandboxId, notice }: RunContext) {
  return {
    stdout: toOutput(answer.stdout),
    stderr: toOutput(answer.stderr),
    sandbox: sandboxId.slice(-SUFFIX_CHARACTERS),
    notice,
  };
}

function toOutput({ text, lines, path }: Output): RunOutput {
  return { text, lines, path };
}

function errorOf(answer: CellAnswer, context: RunContext): string | null {
  if (!('ended' in answer)) {
    return answer.timedOut ? tooLong('The code', context) : answer.error || null;
  }
  if (answer.timedOut) {
    return `${tooLong('The code', context)} It did not stop when it was told to, so Python was restarted: variables are gone, files are kept.`;
  }
  const memory = Math.round(context.memoryBytes / 1024 ** 2);
  const reason =
    answer.ended === 'signal 9'
      ? `probably because it used more than the ${memory} MB of memory that a sandbox has, files under /home/user, /mnt/files and /tmp included`
      : answer.ended;
  return `Python ended with the code (${reason}) and was restarted: variables are gone, files are kept.`;
}

function tooLong(what: string, { limitSeconds }: RunContext): string {
  return `${what} took longer than ${limitSeconds} seconds and was interrupted. Do it in smaller steps.`;
}
