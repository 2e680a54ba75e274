import { clipText, hasParts, writeJson, type EventEnvelope } from '@patchbay/contracts';

/** Longer texts than these are cut, the longest first. No id or name that a contract knows is longer than the last. */
const CUTS = [16_384, 4_096, 1_024];

export interface FittedEvent {
  body: string;
  /** Whether texts in it were cut, for it to fit. */
  isCut: boolean;
  /** False: it is too large even so. */
  fits: boolean;
}

/**
 * An event as text of so many bytes at most. What happened must be told although a text in it is endless: the
 * texts are cut, and everything else stays.
 */
export function fitEvent(event: EventEnvelope, maxBytes: number): FittedEvent {
  let body = writeJson(event);
  if (fitsIn(body, maxBytes)) return { body, isCut: false, fits: true };
  for (const characters of CUTS) {
    body = writeJson({ ...event, data: cutTexts(event.data, characters) });
    if (fitsIn(body, maxBytes)) return { body, isCut: true, fits: true };
  }
  return { body, isCut: true, fits: false };
}

function fitsIn(body: string, maxBytes: number): boolean {
  return body.length * 3 <= maxBytes || Buffer.byteLength(body) <= maxBytes;
}

/** The same value with its longer texts cut. */
export function cutTexts(value: unknown, characters: number): unknown {
  if (typeof value === 'string') return clipText(value, characters);
  if (Array.isArray(value)) return value.map((item) => cutTexts(item, characters));
  if (!hasParts(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, cutTexts(field, characters)]));
}
