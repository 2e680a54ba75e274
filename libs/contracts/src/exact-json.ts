import { randomUUID } from 'node:crypto';
import { ExactNumber, hasParts, numberFrom } from './exact-number.js';
import { endOfString } from './json-string.js';
import { stringifyMarked } from './json-writing.js';
import { RAW, RawJson } from './raw-json.js';

/*
 * JSON whose numbers stay what they are. `JSON.parse` makes doubles of them, which rounds 64-bit ids; Node 20 gives
 * revivers no source text, and parsers written in JavaScript take twenty times as long, for everybody in the process.
 * So the native parser does the work: numbers that a double cannot hold go through it as marked texts. A text is
 * looked at number by number only when a quick search finds one that long.
 */

/** Random for each process, so that no text from outside can be taken for a number. */
const MARK = `exact-number:${randomUUID()}:`;
const MARKED = new RegExp(`"${MARK}([-+.\\deE]+)"`, 'g');

/** Sixteen digits and more, or an exponent of three, where a value may begin. */
const MAY_NOT_FIT = /(?:^|[\s:,[])-?\d(?:[\d.]{15}|[\d.]*[eE][-+]?\d{3})/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const NAME_ENDS = /\s*:/y;
const SHORTEST = 16;

const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * Reads JSON. Numbers that a double does not hold are ExactNumbers in what is returned.
 * @throws SyntaxError as JSON.parse does
 */
export function readJson(text: string): unknown {
  const marked = markNumbers(text);
  const value: unknown = JSON.parse(marked);
  return marked === text ? value : unmarkedValue(value);
}

/** Writes JSON as JSON.stringify does, with the digits of ExactNumbers and the texts of RawJson as they came. */
export function writeJson(value: unknown, indentation?: number): string {
  if (value instanceof RawJson) return value.text;
  const { text, hasNumbers, raws } = stringifyMarked(MARK, value, indentation);
  const written = hasNumbers ? unmarkedText(text) : text;
  return raws.length === 0 ? written : withRaws(written, raws);
}

/**
 * The same JSON with marked texts in place of the numbers that a double does not hold, for code that has it parsed by
 * a library. What is no JSON stays so.
 */
export function markNumbers(text: string): string {
  if (!MAY_NOT_FIT.test(text)) return text;
  let marked = '';
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, at);
      const replaced = replacementOf(text, at, end);
      if (replaced !== undefined) {
        marked += text.slice(copied, at) + replaced;
        copied = end;
      }
      at = end - 1;
    }
  }
  return copied === 0 ? text : marked + text.slice(copied);
}

/** Turns marked texts back into numbers, in JSON. */
export function unmarkedText(text: string): string {
  return text.includes(MARK) ? text.replace(MARKED, '$1') : text;
}

/** The same in what was parsed of it, which is changed in place. */
export function unmarkedValue<T>(value: T): T {
  const whole = [value];
  const open: object[] = [whole];
  for (let next = open.pop(); next; next = open.pop()) {
    const parts = next as Record<string, unknown>;
    for (const key in parts) {
      const part = parts[key];
      if (typeof part === 'string') {
        if (part.startsWith(MARK)) parts[key] = new ExactNumber(part.slice(MARK.length));
      } else if (hasParts(part)) open.push(part);
    }
  }
  return whole[0] as T;
}

/** What is parsed by a library with marks in it, and written by one: its ExactNumbers as marked texts. */
export function markedValue(value: unknown): unknown {
  if (value instanceof ExactNumber) return `${MARK}${value.toString()}`;
  if (Array.isArray(value)) return value.map(markedValue);
  if (!hasParts(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, markedValue(part)]));
}

/** The same with doubles for ExactNumbers, where a number is only compared. */
export function nearestDoubles<T>(value: T): T {
  if (value instanceof ExactNumber) return Number(value) as T;
  if (Array.isArray(value)) return value.map((part: unknown) => nearestDoubles(part)) as T;
  if (!hasParts(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, nearestDoubles(part)])) as T;
}

function withRaws(text: string, raws: readonly string[]): string {
  const [first = '', ...others] = text.split(`"${MARK}${RAW}"`);
  return others.reduce((written, part, index) => written + (raws[index] ?? 'null') + part, first);
}

function replacementOf(text: string, start: number, end: number): string | undefined {
  const found = text.slice(start, end);
  if ((found.length < SHORTEST && !/e/i.test(found)) || !NUMBER.test(found)) return undefined;
  // As the name of a field it would turn into JSON what is none.
  NAME_ENDS.lastIndex = end;
  if (NAME_ENDS.test(text)) return undefined;
  const number = numberFrom(found);
  if (typeof number === 'number') return undefined;
  return number instanceof ExactNumber ? `"${MARK}${found}"` : `"${found}"`;
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (isOfNumber(text.charCodeAt(at))) at += 1;
  return at;
}

function isOfNumber(code: number): boolean {
  // + - . and the two forms of E; NaN past the end.
  return (
    (code >= ZERO && code <= NINE) ||
    (code >= 0x2b && code <= 0x2e && code !== 0x2c) ||
    code === 0x65 ||
    code === 0x45
  );
}
