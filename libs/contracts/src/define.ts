import { z } from 'zod';

/** A request that one service answers: declared once, used by the handler and by every caller. */
export interface RequestContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly subject: string;
  readonly input: I;
  readonly output: O;
  /** How long a caller waits at most, in milliseconds, when its own deadline is later. */
  readonly timeoutMs: number;
}

/** What a handler is given: the input as its schema returns it. */
export type InputOf<C extends RequestContract> = z.output<C['input']>;
/** What a caller passes: fields with a default may be left out. */
export type CallOf<C extends RequestContract> = z.input<C['input']>;
export type OutputOf<C extends RequestContract> = z.output<C['output']>;

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

/** @param subject `<service>.<thing>.<verb>` */
export function defineRequest<I extends z.ZodType, O extends z.ZodType>(
  subject: string,
  input: I,
  output: O,
  options: { timeoutMs?: number } = {},
): RequestContract<I, O> {
  if (subject.startsWith(EVENT_SUBJECT_PREFIX)) {
    // A JetStream stream over a subject that holds requests would answer them itself.
    throw new Error(`Request subject ${subject} stands under the prefix of events`);
  }
  return { subject, input, output, timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS };
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
