import { z } from 'zod';
import { defineRequest } from './define.js';
import type { ServiceName } from './health.contract.js';
import { PageRequest } from './page.js';

/** The services that have tables, and with them an outbox and dead letters. */
export const DEAD_LETTER_SERVICES = ['auth', 'sessions', 'tools', 'workbench', 'logs', 'triggers'] as const;
export type DeadLetterService = (typeof DEAD_LETTER_SERVICES)[number] & ServiceName;

/** An event that a service could not publish, or could not handle, set aside with the reason. */
export const DeadLetter = z.object({
  id: z.string(),
  /** `outbox`: it was not published. Otherwise the durable consumer that could not handle it. */
  origin: z.string(),
  /** Of an event from the outbox its id, otherwise its place in the stream. */
  eventId: z.string(),
  subject: z.string(),
  reason: z.string(),
  /** Of the whole event. */
  bytes: z.int(),
  /** The first of its characters. */
  beginning: z.string(),
  /** Whether all of it was kept, so that it can be sent again. */
  isWhole: z.boolean(),
  setAsideAt: z.string(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

export const DeadLetterId = z.string().regex(/^\d{1,18}$/, 'must be the id of a dead letter');
const Key = z.strictObject({ id: DeadLetterId });

/** `<service>.deadLetters.list`: newest first. */
export function listDeadLetters(service: DeadLetterService) {
  return defineRequest(
    `${service}.deadLetters.list`,
    z.strictObject({ ...PageRequest, limit: z.int().min(1).max(50).default(20) }),
    z.object({ items: z.array(DeadLetter), total: z.int(), nextCursor: z.string().nullable() }),
    { timeoutMs: 3_000 },
  );
}

/** `<service>.deadLetters.resend`: publishes it, or handles it, once more; it is gone when that went well. */
export function resendDeadLetter(service: DeadLetterService) {
  return defineRequest(`${service}.deadLetters.resend`, Key, z.object({ id: z.string() }));
}

/** `<service>.deadLetters.discard`: deletes it; the event is not needed any more. */
export function discardDeadLetter(service: DeadLetterService) {
  return defineRequest(`${service}.deadLetters.discard`, Key, z.object({ id: z.string() }));
}
