import type { CallContext, InputOf, runCode, runCommand } from '@patchbay/contracts';
import { callContextOf } from '@patchbay/service';

export type Forwarded = typeof runCode | typeof runCommand;

/** A run as its message asks for it. */
export type RunRequest<C extends Forwarded> = Omit<InputOf<C>, 'context'> & { context: CallContext };

export function toRunRequest<C extends Forwarded>(input: InputOf<C>): RunRequest<C> {
  return { ...input, context: callContextOf(input.context) };
}
