import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, BodyOf, Patchbay, QueryOf } from '@patchbay/client';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { isFinal } from './final.js';

type Log = Answer<'listLogs'>['logs'][number];

type CallFilters = NonNullable<BodyOf<'listLogs'>['filters']>;
type Open = (headers: { 'last-event-id'?: string }) => Promise<Response>;

/** What a webhook of version V3 is sent. */
export interface TriggerEvent {
  /** `msg_…` */
  id: string;
  timestamp: string;
  type: string;
  metadata: Record<string, unknown>;
  data: Record<string, unknown>;
  /** All of it, as it came. */
  body: string;
}

interface Following {
  signal: AbortSignal;
  /** What happens to the stream: a gap, its end, a new beginning. */
  onNews: (text: string) => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** What one says at most: an event of a trigger has a quarter of that. */
const LONGEST_EVENT = 1024 * 1024;

/**
 * Calls as they begin and end. When the stream ends it is opened again where it was left, so that none is missed
 * (docs/record.md#live).
 * @throws ApiError when the platform refuses it, as for a key that was revoked
 */
export async function* followCalls(
  patchbay: Patchbay,
  { filters, ...following }: Following & { filters: CallFilters },
): AsyncGenerator<Log> {
  const open: Open = (headers) =>
    patchbay.open('tailLogs', {
      query: { filters: JSON.stringify(filters) },
      headers,
      signal: following.signal,
    });
  for await (const { event, data } of follow(open, following))
    if (event === 'call') yield JSON.parse(data) as Log;
}

/** Events of triggers and of the platform as they happen, in the same way (docs/triggers.md#server-sent-events). */
export async function* followEvents(
  patchbay: Patchbay,
  { filters, ...following }: Following & { filters: NonNullable<QueryOf<'tailTriggerEvents'>> },
): AsyncGenerator<TriggerEvent> {
  const open: Open = (headers) =>
    patchbay.open('tailTriggerEvents', { query: filters, headers, signal: following.signal });
  for await (const { event, data } of follow(open, following))
    if (event === 'message') yield { ...(JSON.parse(data) as Omit<TriggerEvent, 'body'>), body: data };
}

async function* follow(open: Open, { signal, onNews }: Following) {
  let lastId: string | undefined;
  let wait = FIRST_PAUSE_MS;
  for (;;) {
    try {
      const stream = await open(lastId === undefined ? {} : { 'last-event-id': lastId });
      for await (const { event, id, data } of eventsOf(stream)) {
        wait = FIRST_PAUSE_MS;
        lastId = id ?? lastId;
        if (event === 'gap' || event === 'end') onNews(newsOf(event, data));
        else yield { event, data };
      }
    } catch (error) {
      signal.throwIfAborted();
      if (isFinal(error)) throw error;
      onNews(`The stream broke off: ${(error as Error).message}.`);
    }
    await pause(wait, undefined, { signal });
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }
}

function eventsOf(response: Response) {
  return response
    .body!.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .pipeThrough(new EventSourceParserStream({ maxBufferSize: LONGEST_EVENT }));
}

function newsOf(event: string | undefined, data: string): string {
  const { reason } = JSON.parse(data) as { reason?: string };
  return event === 'gap'
    ? `Something is missing here: ${reason}`
    : `The platform ended the stream: ${reason}`;
}
