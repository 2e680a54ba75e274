import { pipeline, Readable } from 'node:stream';
import { BodyDecoder, codingsOf, type BodyLimits } from './body-decoder.js';
import type { Answer } from './exchange.js';
import { OutboundError } from './outbound.error.js';

/** A body that is read while it comes: its codings taken off, and its headers told so. */
export function decodedStream(
  body: Readable,
  headers: Record<string, string>,
  { maxCodings, ...limits }: BodyLimits & { maxCodings: number },
): ReadableStream<Uint8Array> {
  const codings = codingsOf(headers['content-encoding'], limits.from, maxCodings);
  if (codings.length > 0) {
    delete headers['content-encoding'];
    delete headers['content-length'];
  }
  const decoder = new BodyDecoder(codings, limits);
  pipeline(body, decoder.input, () => undefined);
  return Readable.toWeb(decoder.output) as ReadableStream<Uint8Array>;
}

/**
 * An answer as `fetch` would give it. A header that cannot stand in one is left out.
 * @throws OutboundError `unreadable` for a status that is none
 */
export function toResponse(
  { status, headers }: Pick<Answer, 'status' | 'headers'>,
  host: string,
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
): Response {
  if (status < 200 || status > 599) throw new OutboundError('unreadable', `${host} answered ${status}.`);
  const hasBody = ![204, 205, 304].includes(status);
  const sound = Object.entries(headers).filter(([, value]) => !/[^\t\x20-\x7e\x80-\xff]/.test(value));
  return new Response(hasBody ? body : null, { status, headers: Object.fromEntries(sound) });
}
