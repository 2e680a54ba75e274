import { z } from 'zod';
import { defineSignal } from './define.js';

/**
 * A client sent a request again: the replica of the gateway that executes the attempt before, or that answered it, is
 * to write its end into the record of that subject, where the asking replica waits for it.
 */
export const attemptAskedFor = defineSignal(
  'signals.gateway.attempts.settle',
  z.object({
    /** The one that is asked; all others hear it too. */
    replica: z.string().max(60),
    /** The project. */
    owner: z.string().max(120),
    subject: z.string().max(400),
    fingerprint: z.string().max(120),
  }),
);
