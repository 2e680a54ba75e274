import { z } from 'zod';
import type { RawJson } from './raw-json.js';

/*
 * A subject, as the form of a message, lives on until no release that may run beside this version uses it: a rename in
 * code is none on the wire (e2e/test/releases.test.ts).
 */

/** A request that one service answers: declared once, used by the handler and by every caller. */
export interface RequestContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly subject: string;
  readonly input: I;
  readonly output: O;
  /** How long a caller waits at most, in milliseconds, when its own deadline is later. */
  readonly timeoutMs: number;
  /** The field of the output, an object, that may be answered and taken without being read. */
  readonly rawField?: string;
}

/** What a handler is given: the input as its schema returns it. */
export type InputOf<C extends RequestContract> = z.output<C['input']>;
/** What a caller passes: fields with a default may be left out. */
export type CallOf<C extends RequestContract> = z.input<C['input']>;
export type OutputOf<C extends RequestContract> = z.output<C['output']>;

/** What a handler answers: as the output, with the raw field as RawJson if it likes. */
export type AnswerOf<C extends RequestContract> = C extends { readonly rawField: infer F extends string }
  ? Omit<OutputOf<C>, F> & { [K in F & keyof OutputOf<C>]: OutputOf<C>[K] | RawJson }
  : OutputOf<C>;

/** Something that happened, kept in the stream `EVENTS`. Consumers tolerate duplicates (same `id`). */
export interface EventContract<D extends z.ZodType = z.ZodType> {
  readonly subject: string;
  readonly data: D;
}
export type EventDataOf<C extends EventContract> = z.output<C['data']>;

/** What every event carries around its data. */
export const EventEnvelope = z.object({
  id: z.string(),
  /** ISO 8601 UTC. */
  at: z.string(),
  projectId: z.string(),
  requestId: z.string().nullable(),
  /** The session in which it happened, where there is one. */
  sessionId: z.string().nullable().default(null),
  data: z.unknown(),
});
export type EventEnvelope<D = unknown> = Omit<z.infer<typeof EventEnvelope>, 'data'> & { data: D };

/** A message to every replica of a service at once. It is not stored: a replica that is not connected misses it. */
export interface SignalContract<S extends z.ZodType = z.ZodType> {
  readonly subject: string;
  readonly signal: S;
}
export type SignalOf<C extends SignalContract> = z.output<C['signal']>;

const DEFAULT_TIMEOUT_MS = 10_000;
export const EVENT_SUBJECT_PREFIX = 'events.';
export const SIGNAL_SUBJECT_PREFIX = 'signals.';

interface RequestOptions {
  timeoutMs?: number;
  rawField?: string;
}
type RawFieldOf<X> = X extends { rawField: infer F extends string } ? { readonly rawField: F } : unknown;

/**
 * @param subject `<service>.<thing>.<verb>`
 * @param options with a `rawField` a handler may answer that field as RawJson, its last one, and who asks by
 *   `bus.requestRaw` is given it so; for all others nothing changes
 */
export function defineRequest<
  I extends z.ZodType,
  O extends z.ZodType,
  const X extends RequestOptions = RequestOptions,
>(subject: string, input: I, output: O, options?: X): RequestContract<I, O> & RawFieldOf<X> {
  if (subject.startsWith(EVENT_SUBJECT_PREFIX)) {
    // A JetStream stream over a subject that holds requests would answer them itself.
    throw new Error(`Request subject ${subject} stands under the prefix of events`);
  }
  const { timeoutMs = DEFAULT_TIMEOUT_MS, rawField } = options ?? {};
  const contract: RequestContract<I, O> = {
    subject,
    input,
    output,
    timeoutMs,
    ...(rawField && { rawField }),
  };
  return contract as RequestContract<I, O> & RawFieldOf<X>;
}

/** @param subject `events.<service>.<thing>.<past participle>` */
export function defineEvent<D extends z.ZodType>(subject: string, data: D): EventContract<D> {
  if (!subject.startsWith(EVENT_SUBJECT_PREFIX)) {
    throw new Error(`Event subject ${subject} must stand under ${EVENT_SUBJECT_PREFIX}`);
  }
  return { subject, data };
}

/** @param subject `signals.<receiving service>.<thing>.<verb>` */
export function defineSignal<S extends z.ZodType>(subject: string, signal: S): SignalContract<S> {
  if (!subject.startsWith(SIGNAL_SUBJECT_PREFIX)) {
    throw new Error(`Signal subject ${subject} must stand under ${SIGNAL_SUBJECT_PREFIX}`);
  }
  return { subject, signal };
}
