import { setTimeout as pause } from 'node:timers/promises';
import { ApiError, ConnectionError, type Answer, type BodyOf, type Patchbay } from '@patchbay/client';
import { EventSourceParserStream } from 'eventsource-parser/stream';

type Log = Answer<'listLogs'>['logs'][number];

interface Following {
  filters: NonNullable<BodyOf<'listLogs'>['filters']>;
  signal: AbortSignal;
  /** What happens to the stream: a gap, its end, a new beginning. */
  onNews: (text: string) => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** One event is a call without what it was given and gave. */
const LONGEST_EVENT = 1024 * 1024;

/**
 * Calls as they begin and end. When the stream ends it is opened again where it was left, so that none is missed
 * (docs/record.md#live).
 * @throws ApiError when the platform refuses it, as for a key that was revoked
 */
export async function* followCalls(
  patchbay: Patchbay,
  { filters, signal, onNews }: Following,
): AsyncGenerator<Log> {
  let lastId: string | undefined;
  let wait = FIRST_PAUSE_MS;
  for (;;) {
    try {
      const stream = await patchbay.open('tailLogs', {
        query: { filters: JSON.stringify(filters) },
        ...(lastId !== undefined && { headers: { 'last-event-id': lastId } }),
        signal,
      });
      for await (const { event, id, data } of eventsOf(stream)) {
        wait = FIRST_PAUSE_MS;
        lastId = id ?? lastId;
        if (event === 'call') yield JSON.parse(data) as Log;
        else onNews(newsOf(event, data));
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

/** What another attempt would not change. */
function isFinal(error: unknown): boolean {
  if (error instanceof ApiError) return error.status < 500 && error.status !== 429 && error.status !== 408;
  return !(error instanceof ConnectionError) && !(error instanceof TypeError);
}

function newsOf(event: string | undefined, data: string): string {
  const { reason } = JSON.parse(data) as { reason?: string };
  return event === 'gap'
    ? `Some calls are missing here: ${reason}`
    : `The platform ended the stream: ${reason}`;
}
