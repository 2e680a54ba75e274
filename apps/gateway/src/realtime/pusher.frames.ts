import { z } from 'zod';

/**
 * The Pusher protocol as far as the official SDKs speak it: https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/
 * What a server sends as `data` of an event is JSON in a text, except in errors, where pysher reads an object.
 */

/** A client that has heard nothing for so many seconds asks whether we are there. */
export const ACTIVITY_SECONDS = 120;
/** The name under which the official SDKs wait for events; what is longer than a frame goes under the other. */
const EVENT = 'trigger_to_client';
const CHUNK = `chunked-${EVENT}`;
/** UTF-16 units of a frame's payload: proxies with a limit of their own have it far above that. */
const CHUNK_LENGTH = 64 * 1024;

/** Why a connection is closed, by what the client then does: below 4100 it gives up, below 4200 it waits, below 4300 it comes again at once. */
export const CLOSE = {
  unknownKey: 4001,
  tooManyOfProject: 4004,
  unauthorized: 4009,
  full: 4100,
  again: 4200,
  tooManyMessages: 4301,
} as const;
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

const ClientFrame = z.object({
  event: z.string().max(200),
  channel: z.string().max(200).optional(),
  data: z.unknown(),
});
export type ClientFrame = z.output<typeof ClientFrame>;

const Subscription = z.object({ channel: z.string().max(200), auth: z.string().max(2_000).default('') });
const Unsubscription = Subscription.pick({ channel: true });

/** @returns undefined for what is no frame */
export function readFrame(text: string): ClientFrame | undefined {
  return ClientFrame.safeParse(readJson(text)).data;
}

/** @returns undefined for a frame that does not say which channel it is about */
export function readSubscription({ data }: ClientFrame): z.output<typeof Subscription> | undefined {
  return Subscription.safeParse(asObject(data)).data;
}

export function readUnsubscription({ data }: ClientFrame): string | undefined {
  return Unsubscription.safeParse(asObject(data)).data?.channel;
}

export const connectionEstablished = (socketId: string) =>
  frame('pusher:connection_established', {
    data: JSON.stringify({ socket_id: socketId, activity_timeout: ACTIVITY_SECONDS }),
  });

export const pong = () => frame('pusher:pong', { data: '{}' });

export const subscriptionSucceeded = (channel: string) =>
  frame('pusher_internal:subscription_succeeded', { channel, data: '{}' });

export const subscriptionError = (channel: string, status: number, error: string) =>
  frame('pusher:subscription_error', {
    channel,
    data: JSON.stringify({ type: 'AuthError', error, status }),
  });

export const protocolError = (code: number | null, message: string) =>
  frame('pusher:error', { data: { code, message } });

/**
 * The frames of one event, in the order in which they must be sent.
 * @param id tells the chunks of this event from those of others
 * @param payload JSON, as the client parses it
 */
export function* eventFrames(channel: string, id: string, payload: string): Generator<string> {
  if (payload.length <= CHUNK_LENGTH) return yield frame(EVENT, { channel, data: payload });
  let index = 0;
  for (let from = 0; from < payload.length; index += 1) {
    const to = endOfChunk(payload, from);
    const chunk = { id, index, chunk: payload.slice(from, to), final: to === payload.length };
    yield frame(CHUNK, { channel, data: JSON.stringify(chunk) });
    from = to;
  }
}

/** Half a surrogate pair stays a half for ever in Python, where texts are not of UTF-16. */
function endOfChunk(text: string, from: number): number {
  const to = Math.min(from + CHUNK_LENGTH, text.length);
  const last = text.charCodeAt(to - 1);
  const isHalf = to < text.length && last >= 0xd800 && last <= 0xdbff;
  return isHalf ? to - 1 : to;
}

function frame(event: string, rest: { channel?: string; data: unknown }): string {
  return JSON.stringify({ event, ...rest });
}

/** Some clients send the data of their frames as text, as servers do. */
function asObject(data: unknown): unknown {
  return typeof data === 'string' ? readJson(data) : data;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
