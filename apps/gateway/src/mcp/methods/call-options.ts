import type { CallContext } from '@patchbay/contracts';
import type { Elicitor } from '../elicitation/elicitation.js';

export interface CallOptions {
  /** Aborted when the client cancels the call, or has gone. */
  signal: AbortSignal;
  /** Undefined for clients without elicitation. */
  elicitor: Elicitor | undefined;
  /** As the client sent it, not yet validated. */
  idempotencyKey: unknown;
  context: CallContext;
}
