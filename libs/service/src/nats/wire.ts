import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import { Actor, ErrorBody, RawJson, readJson as parseJson } from '@patchbay/contracts';
import { z } from 'zod';
import { newContext, type RequestContext } from '../context.js';

/*
 * The form of a message: the input as plain JSON, the context in headers; the reply is `{data}` or
 * `{error}`. Events are plain JSON too, one a line. Any NATS client in any language can take part.
 */

const REQUEST_ID = 'Patchbay-Request-Id';
const PROJECT = 'Patchbay-Project';
const SESSION = 'Patchbay-Session';
const USER = 'Patchbay-User';
const ACTOR = 'Patchbay-Actor';
const ADDRESS = 'Patchbay-Address';
const PAYLOADS = 'Patchbay-Payloads';
const RETRY = 'Patchbay-Repeat';
const DEADLINE = 'Patchbay-Deadline';
const TRACEPARENT = 'traceparent';
/** Of a reply that ends with an object which nobody has read: its bytes. */
const RAW_BYTES = 'Patchbay-Raw-Bytes';
/** What closes a reply after it. */
const CLOSING = '}}';

/** For a message that came without a deadline, as from an operator's `nats request`. */
const DEFAULT_DEADLINE_MS = 10_000;

export const Reply = z.object({ error: ErrorBody.optional(), data: z.unknown().optional() });

export function writeContext(context: RequestContext): MsgHdrs {
  const written = headers();
  written.set(REQUEST_ID, context.requestId);
  if (context.projectId) written.set(PROJECT, context.projectId);
  if (context.sessionId) written.set(SESSION, context.sessionId);
  // A header holds printable ASCII, a user id any text.
  if (context.userId) written.set(USER, encodeURIComponent(context.userId));
  if (context.actor) written.set(ACTOR, writeActor(context.actor));
  if (context.address) written.set(ADDRESS, context.address);
  if (!context.storePayloads) written.set(PAYLOADS, 'none');
  if (context.isRetry) written.set(RETRY, '1');
  written.set(DEADLINE, String(context.deadline));
  written.set(TRACEPARENT, context.traceparent);
  return written;
}

/** @returns the headers of a reply, where its data's last field is raw */
export function rawHeaders(data: unknown): MsgHdrs | undefined {
  const last = typeof data === 'object' && data !== null ? Object.values(data).at(-1) : undefined;
  if (!(last instanceof RawJson)) return undefined;
  const written = headers();
  written.set(RAW_BYTES, String(Buffer.byteLength(last.text)));
  return written;
}

/** Takes a raw end off a reply. @returns undefined for a reply without one; the rest has an empty object in its place */
export function splitReply({ data, headers: given }: Msg): { rest: string; raw: RawJson } | undefined {
  const bytes = Number(given?.get(RAW_BYTES));
  const end = data.length - CLOSING.length;
  const start = end - bytes;
  if (!Number.isInteger(bytes) || bytes < 2 || start < 0) return undefined;
  const text = Buffer.from(data.buffer, data.byteOffset, data.length);
  return {
    rest: `${text.toString('utf8', 0, start)}{}${CLOSING}`,
    raw: new RawJson(text.toString('utf8', start, end)),
  };
}

/** What does not decode came from elsewhere, and is no id of ours. */
function readText(encoded: string | undefined): string | undefined {
  try {
    return encoded && decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

/** `project key_V1StGXR8_Z5j worker%201`: kind, id, name and, for a person, whose key it is; what is missing is empty. */
function writeActor({ kind, keyId, name, personId }: Actor): string {
  const rest = [keyId, name, ...(personId ? [personId] : [])];
  return [kind, ...rest.map((text) => encodeURIComponent(text ?? ''))].join(' ');
}

function readActor(text: string | undefined): Actor | undefined {
  const [kind, keyId, name, personId] = (text ?? '').split(' ');
  return Actor.safeParse({
    kind,
    keyId: readText(keyId) || null,
    name: readText(name) || null,
    personId: readText(personId) || undefined,
  }).data;
}

export function readContext(given: MsgHdrs | undefined): RequestContext {
  const read = (name: string) => given?.get(name) || undefined;
  return newContext({
    requestId: read(REQUEST_ID),
    projectId: read(PROJECT),
    sessionId: read(SESSION),
    userId: readText(read(USER)),
    actor: readActor(read(ACTOR)),
    address: read(ADDRESS),
    storePayloads: read(PAYLOADS) !== 'none',
    isRetry: read(RETRY) === '1',
    traceparent: read(TRACEPARENT),
    deadline: Number(read(DEADLINE)) || Date.now() + DEFAULT_DEADLINE_MS,
  });
}

/** A payload that is no JSON fits no schema of a handler. */
export function readJson(message: Pick<Msg, 'string'>): unknown {
  return parse(message.string());
}

/** A message on an event's subject holds one envelope a line. */
export function readEvents(message: Pick<Msg, 'string'>): unknown[] {
  return message.string().split('\n').map(parse);
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
