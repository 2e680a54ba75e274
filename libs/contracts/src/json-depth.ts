import { endOfString } from './json-string.js';

/**
 * Levels of JSON from outside. Whatever walks it takes a step of the stack a level, and so do the parsers of the
 * services that it is sent to; what people and programs mean has a few dozen.
 */
export const MAX_JSON_DEPTH = 200;

const QUOTE = 0x22;
/** `[` and `{` differ in one bit, as `]` and `}` do. */
const EITHER_CASE = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** Whether a text of JSON nests deeper than it may: one pass over it, before anything is made of it. */
export function isDeepJson(text: string, maxDepth = MAX_JSON_DEPTH): boolean {
  // Each level is opened by a character of its own.
  if (text.length <= maxDepth) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = endOfString(text, at);
    else if ((character | EITHER_CASE) === OPENING) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if ((character | EITHER_CASE) === CLOSING) depth -= 1;
  }
  return false;
}

/** The same of what was read from JSON already. */
export function isDeepValue(value: unknown, maxDepth = MAX_JSON_DEPTH): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= maxDepth) return true;
    const below: unknown[] = [];
    for (const one of level) {
      if (typeof one === 'object' && one !== null) {
        for (const inner of Object.values(one))
          if (typeof inner === 'object' && inner !== null) below.push(inner);
      }
    }
    level = below;
  }
  return false;
}
