import { MAX_JSON_DEPTH } from './json-depth.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_LIST = 0x5b;
const CLOSING_LIST = 0x5d;
const OPENING_OBJECT = 0x7b;
const CLOSING_OBJECT = 0x7d;

/** Of fifteen digits at most and without an exponent: a double holds it. */
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?![\d.eE])/y;
const MOST_OF_NUMBER = 15;
const MINUS = 0x2d;
const WORD = /true|false|null/y;
/** After a backslash. An escape by number is of a character beyond ASCII. */
const ESCAPED = /["\\/bfnrt]|u(?!00[0-7])[\da-fA-F]{4}/y;

/** What may come next. */
const VALUE = 0;
const VALUE_OR_END = 1;
const NAME = 2;
const NAME_OR_END = 3;
const AFTER_VALUE = 4;

/**
 * Whether a text is an object or a list of JSON that may be passed on as it is, without being read: reading and writing
 * it would change nothing that counts. It is one line, no deeper than JSON from outside may be, a double holds each of its
 * numbers, and characters of ASCII are written as such, for what searches the text. It may have spaces, say the same
 * field twice, write `\/` for `/` and zeros at the end of a fraction. Other JSON is not plain, and nothing worse.
 */
export function isPlainJson(text: string): boolean {
  /** By level: whether it is an object, and not a list. */
  const objects: boolean[] = [];
  let due: number = VALUE;
  for (let at = 0; ;) {
    const code = text.charCodeAt(at);
    if (code === SPACE) {
      at += 1;
    } else if (due === AFTER_VALUE) {
      at += 1;
      if (code === COMMA) due = objects.at(-1) ? NAME : VALUE;
      else if (code !== (objects.pop() ? CLOSING_OBJECT : CLOSING_LIST)) return false;
      else if (objects.length === 0) return isBlank(text, at);
    } else if (code === (due === NAME_OR_END ? CLOSING_OBJECT : CLOSING_LIST) && isEndDue(due)) {
      at += 1;
      objects.pop();
      if (objects.length === 0) return isBlank(text, at);
      due = AFTER_VALUE;
    } else if (due === NAME || due === NAME_OR_END) {
      at = code === QUOTE ? afterColon(text, afterString(text, at)) : -1;
      if (at === -1) return false;
      due = VALUE;
    } else if (code === OPENING_OBJECT || code === OPENING_LIST) {
      at += 1;
      const isObject = code === OPENING_OBJECT;
      if (objects.push(isObject) > MAX_JSON_DEPTH) return false;
      due = isObject ? NAME_OR_END : VALUE_OR_END;
    } else {
      // A text, a number or a word by itself is no object or list.
      if (objects.length === 0) return false;
      at = afterScalar(text, at, code);
      if (at === -1) return false;
      due = AFTER_VALUE;
    }
  }
}

function isEndDue(due: number): boolean {
  return due === NAME_OR_END || due === VALUE_OR_END;
}

/** Each of these answers where the text goes on, or -1 where it is not plain. */
function afterScalar(text: string, at: number, code: number): number {
  if (code === QUOTE) return afterString(text, at);
  const end = after(NUMBER, text, at);
  if (end === -1) return after(WORD, text, at);
  return end - at > MOST_OF_NUMBER + (code === MINUS ? 1 : 0) ? -1 : end;
}

function afterString(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) {
      const end = after(ESCAPED, text, at + 1);
      if (end === -1) return -1;
      at = end - 1;
    } else if (!(code >= SPACE)) return -1; // A control character, or the end of the text.
  }
}

function afterColon(text: string, start: number): number {
  if (start === -1) return -1;
  let at = start;
  while (text.charCodeAt(at) === SPACE) at += 1;
  return text.charCodeAt(at) === COLON ? at + 1 : -1;
}

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function isBlank(text: string, from: number): boolean {
  for (let at = from; at < text.length; at += 1) if (text.charCodeAt(at) !== SPACE) return false;
  return true;
}
