import { AppError } from '@patchbay/contracts';
import type { LimitState } from './window.counter.js';

/** A limit of the table was reached; the response's headers say which. */
export class LimitReached extends AppError {
  constructor(readonly state: LimitState) {
    const seconds = Math.max(1, Math.ceil(state.resetMs / 1_000));
    super('rate_limited', `Too many requests: the limit of ${state.most} is reached.`, {
      suggestion: `Wait for ${seconds} s, as Retry-After says, and send the request again.`,
      retryAfter: seconds,
    });
  }
}

/** Too much at once, whatever the time: another try may find room. */
export function tooManyAtOnce(message: string): AppError {
  return new AppError('rate_limited', message, {
    suggestion: 'Wait until others have been answered, and send the request again.',
    retryAfter: 1,
  });
}
