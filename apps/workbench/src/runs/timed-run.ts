import type { CellAnswer, CommandAnswer } from '../agent/index.js';
import { runDurations } from './run.metrics.js';

/** How a run ended, the label of `patchbay_sandbox_run_duration_seconds`. */
type Outcome = 'ok' | 'error' | 'time_limit' | 'killed';

export function outcomeOfCell(answer: CellAnswer): Outcome {
  if (answer.timedOut) return 'time_limit';
  if ('ended' in answer) return 'killed';
  return answer.error === '' ? 'ok' : 'error';
}

export function outcomeOfCommand({ timedOut, exitCode }: CommandAnswer): Outcome {
  if (timedOut) return 'time_limit';
  return exitCode === 0 ? 'ok' : 'error';
}

/** Times a run; one that throws has lost its sandbox. */
export async function timedRun<T>(
  kind: 'code' | 'command',
  outcomeOf: (answer: T) => Outcome,
  run: () => Promise<T>,
): Promise<T> {
  const stopTimer = runDurations.startTimer({ kind });
  try {
    const answer = await run();
    stopTimer({ outcome: outcomeOf(answer) });
    return answer;
  } catch (error) {
    stopTimer({ outcome: 'lost' });
    throw error;
  }
}
