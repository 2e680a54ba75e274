import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { newId, type Actor } from '@patchbay/contracts';

/** What travels with a request through every service, in the headers of its messages. */
export interface RequestContext {
  requestId: string;
  projectId: string | null;
  /** The session and its user, once they are known. */
  sessionId: string | null;
  userId: string | null;
  /** Who acts, and the client's address: for the audit. Null where no request from outside began it. */
  actor: Actor | null;
  address: string | null;
  /** False where the project wants its record without what calls were given and gave. */
  storePayloads: boolean;
  /** True when its caller sent it before and is not known to have had an answer. */
  isRetry: boolean;
  /** W3C Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header */
  traceparent: string;
  /** Epoch milliseconds after which the caller no longer waits. */
  deadline: number;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** Does the work in the same context with a deadline of its own: it does not end with that of its first caller. */
export function runWithDeadline<T>(deadline: number, work: () => T): T {
  return runInContext(newContext({ ...currentContext(), deadline }), work);
}

/** Runs background work, which no request began, in a context of its own. */
export function inBackground<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
  return runInContext(newContext({ deadline: Date.now() + limitMs }), work);
}

/** The context of a request that begins here: at the gateway's door, or in a background job. */
export function newContext(given: Partial<RequestContext> & { deadline: number }): RequestContext {
  return {
    requestId: given.requestId ?? newId('request'),
    projectId: given.projectId ?? null,
    sessionId: given.sessionId ?? null,
    userId: given.userId ?? null,
    actor: given.actor ?? null,
    address: given.address ?? null,
    storePayloads: given.storePayloads ?? true,
    isRetry: given.isRetry ?? false,
    traceparent: given.traceparent ?? newTraceparent(),
    deadline: given.deadline,
  };
}

export function traceIdOf(context: RequestContext | undefined): string | null {
  return context?.traceparent.split('-')[1] ?? null;
}

/** From UUIDs, whose random bytes Node fetches in bulk: this runs for every request. */
function newTraceparent(): string {
  const hex = () => randomUUID().replaceAll('-', '');
  return `00-${hex()}-${hex().slice(16)}-01`;
}
