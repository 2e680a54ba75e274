import { z } from 'zod';
import { defineEvent, defineSignal } from './define.js';

/**
 * A piece of an answer as the Model Context Protocol has it: an image, a sound, a resource. The type decides
 * over its other fields; the MCP endpoint passes it on as it is.
 */
export const ContentBlock = z.looseObject({ type: z.string() });
export type ContentBlock = z.infer<typeof ContentBlock>;

/** How a call ended. A tool that fails is an outcome, not an error of the request. */
export const CallOutcome = z.object({
  successful: z.boolean(),
  data: z.record(z.string(), z.unknown()),
  /** What belongs to the answer beside `data`; only MCP clients are given it. It is not put on the record. */
  content: z.array(ContentBlock).optional(),
  error: z.string().nullable(),
  logId: z.string(),
  /** The connected account that was used; null where none is needed. */
  connectionId: z.string().nullable(),
});
export type CallOutcome = z.infer<typeof CallOutcome>;

/** Just below the 60 seconds after which the official clients give up. */
export const CALL_TIMEOUT_MS = 55_000;

/** What a call's message tells of the request that it is made for. */
export const CallContext = z.strictObject({
  /** Milliseconds since the epoch after which the caller no longer waits. */
  deadline: z.int(),
  /** False where the project keeps no arguments and answers of its calls. */
  storePayloads: z.boolean(),
  /** Whether the caller sent the same request before, and is not known to have had its answer. */
  isRetry: z.boolean(),
});
export type CallContext = z.infer<typeof CallContext>;

/** In messages it may be absent, as replicas of the version before send none: handlers read it by `callContextOf`. */
export const MessageCallContext = CallContext.optional();

/** The request's own, with a deadline no later than a call may take. */
export function toCallContext({ deadline, storePayloads, isRetry }: CallContext): CallContext {
  return { deadline: Math.min(deadline, Date.now() + CALL_TIMEOUT_MS), storePayloads, isRetry };
}

/** The characters that the record keeps of a call. */
export const RECORD_SIZES = {
  /** A longer payload is kept by its beginning. */
  payload: 64 * 1024,
  beginning: 4 * 1024,
  /** Of a provider, or of an MCP server. */
  error: 8 * 1024,
};

/**
 * The caller cancelled the request: every call under way for it ends, wherever it runs, and its provider's
 * connection with it. Sent only where the answer will not be asked for again: an HTTP client that retries its
 * request after a time-out wants the first one's answer.
 */
export const cancelCalls = defineSignal('signals.tools.calls.abandon', z.object({ requestId: z.string() }));

/** A call inside another one: the log of the multi-execute, or of the run of code, that made it. */
export const ParentCall = z.object({ logId: z.string(), toolSlug: z.string() });
export type ParentCall = z.infer<typeof ParentCall>;

/** Out of what a call comes, when it does not come from its session's own client. */
export const CallOrigin = z.object({
  parent: ParentCall.optional(),
  /** The sandbox whose code makes it. */
  sandboxId: z.string().optional(),
});
export type CallOrigin = z.infer<typeof CallOrigin>;

/** What is known before a call is made. */
export const CallStarted = z.object({
  logId: z.string(),
  projectId: z.string(),
  userId: z.string(),
  sessionId: z.string().nullable(),
  requestId: z.string(),
  traceId: z.string().nullable(),
  toolkit: z.string(),
  toolSlug: z.string(),
  parent: ParentCall.nullable(),
  /** The sandbox whose code made the call. */
  sandboxId: z.string().nullable().default(null),
  /** ISO 8601 UTC. */
  startedAt: z.iso.datetime(),
  arguments: z.record(z.string(), z.unknown()),
});
export type CallStarted = z.infer<typeof CallStarted>;

/** The whole call: it repeats what was known at the start, so that either event may arrive first, or alone. */
export const CallFinished = CallStarted.extend({
  finishedAt: z.iso.datetime(),
  durationMs: z.number(),
  status: z.enum(['success', 'failed']),
  connectionId: z.string().nullable(),
  authConfigId: z.string().nullable().default(null),
  error: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type CallFinished = z.infer<typeof CallFinished>;

/** Published, and acknowledged by the stream, before the request leaves for the provider. */
export const toolCallStarted = defineEvent('events.tools.call.started', CallStarted);
export const toolCallFinished = defineEvent('events.tools.call.finished', CallFinished);
/** The same for meta tools, which `sessions` runs. */
export const metaCallStarted = defineEvent('events.sessions.call.started', CallStarted);
export const metaCallFinished = defineEvent('events.sessions.call.finished', CallFinished);
