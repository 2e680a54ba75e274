import { MAX_EVENT_DATA_BYTES, writeJson } from '@patchbay/contracts';
import { cutTexts } from '@patchbay/service';

/** Longer texts than these are cut, the longest first. */
const CUTS = [16_384, 2_048, 256];

export interface FittedData {
  json: string;
  isClipped: boolean;
}

/**
 * An event's data as JSON of MAX_EVENT_DATA_BYTES at most. Its texts are cut where it is longer; when even that is too
 * long, as with lists without end, the receiver is told so instead, and asks the provider for the rest.
 */
export function fitData(data: Record<string, unknown>): FittedData {
  const json = writeJson(data);
  if (fits(json)) return { json, isClipped: false };
  for (const characters of CUTS) {
    const cut = writeJson(cutTexts(data, characters));
    if (fits(cut)) return { json: cut, isClipped: true };
  }
  const note = `The event's data had ${Buffer.byteLength(json)} bytes, which is too much.`;
  return { json: writeJson({ note, fields: Object.keys(data).slice(0, 100) }), isClipped: true };
}

function fits(json: string): boolean {
  return json.length * 3 <= MAX_EVENT_DATA_BYTES || Buffer.byteLength(json) <= MAX_EVENT_DATA_BYTES;
}
