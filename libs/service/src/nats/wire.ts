import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { ErrorBody } from '@patchbay/contracts';
import { z } from 'zod';
import { newContext, type RequestContext } from '../context.js';

/*
 * The form of a message: the input as plain JSON, the context in headers; the reply is `{data}` or
 * `{error}`. Any NATS client in any language can take part.
 */

const REQUEST_ID = 'Patchbay-Request-Id';
const PROJECT = 'Patchbay-Project';
const DEADLINE = 'Patchbay-Deadline';
const TRACEPARENT = 'traceparent';

/** For a message that came without a deadline, as from an operator's `nats request`. */
const DEFAULT_DEADLINE_MS = 10_000;

export const Reply = z.union([z.object({ error: ErrorBody }), z.object({ data: z.unknown() })]);

export function writeContext(context: RequestContext): MsgHdrs {
  const written = headers();
  written.set(REQUEST_ID, context.requestId);
  if (context.projectId) written.set(PROJECT, context.projectId);
  written.set(DEADLINE, String(context.deadline));
  written.set(TRACEPARENT, context.traceparent);
  return written;
}

export function readContext(given: MsgHdrs | undefined): RequestContext {
  const read = (name: string) => given?.get(name) || undefined;
  return newContext({
    requestId: read(REQUEST_ID),
    projectId: read(PROJECT),
    traceparent: read(TRACEPARENT),
    deadline: Number(read(DEADLINE)) || Date.now() + DEFAULT_DEADLINE_MS,
  });
}
