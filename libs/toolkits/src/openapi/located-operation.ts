import type { JsonObject } from './document.js';

export const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;
/** Of HTTP and of OpenAPI too, and about a server rather than what it serves. */
export const UNTAKEN_METHODS = ['options', 'trace'] as const;
export type Method = (typeof METHODS)[number];

/** An operation where it stands in its document. */
export interface Operation {
  method: Method;
  path: string;
  value: JsonObject;
  /** Its path item, whose parameters are its own too. */
  item: JsonObject;
  itemPlace: string;
  place: string;
}

export interface Renaming {
  from: string;
  to: string;
  reason: string;
}
