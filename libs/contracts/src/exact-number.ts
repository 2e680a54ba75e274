import { z } from 'zod';
import { currentWriting } from './json-writing.js';
import { RawJson } from './raw-json.js';

/** A number longer than this, written out, is no id: number parsers fail on it, or write megabytes. */
const MAX_DIGITS = 1_000;

/**
 * A number of JSON that no double holds, by its digits: a 64-bit id, a long decimal. It adds and compares as the
 * nearest double, `String` gives its digits, `writeJson` writes it as it came.
 */
export class ExactNumber {
  /** @param digits as they stand in JSON */
  constructor(readonly digits: string) {}

  get isInteger(): boolean {
    return /^-?\d+$/.test(this.digits);
  }

  toString(): string {
    return this.digits;
  }

  valueOf(): number {
    return Number(this.digits);
  }

  /** `JSON.stringify` without `writeJson` writes a string, which keeps the digits as well. */
  toJSON(): string {
    const writing = currentWriting();
    if (writing === undefined) return this.digits;
    writing.hasNumbers = true;
    return writing.mark + this.digits;
  }
}

/** An object or a list: what has parts of its own. */
export function hasParts(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof ExactNumber) &&
    !(value instanceof RawJson)
  );
}

/** Whether there is an ExactNumber in it anywhere. */
export function holdsExact(value: unknown): boolean {
  if (value instanceof ExactNumber) return true;
  if (Array.isArray(value)) return value.some(holdsExact);
  if (!hasParts(value)) return false;
  // Most answers hold none, and are walked wholly: `Object.values` would copy each object of theirs.
  for (const key in value) if (holdsExact(Reflect.get(value, key))) return true;
  return false;
}

/**
 * A number as it stands in JSON, as the double that has the same digits, else by its digits; as text where it is
 * out of all proportion, or beyond what a double reaches.
 */
export function numberFrom(text: string): number | ExactNumber | string {
  const double = Number(text);
  if (isWrittenAs(double, text)) return double;
  const exponent = Number(/e(.*)$/i.exec(text)?.[1] ?? 0);
  const isWithinReason = text.length + Math.abs(exponent) <= MAX_DIGITS;
  return isWithinReason && Number.isFinite(double) && double !== 0 ? new ExactNumber(text) : text;
}

/** Whether the double stands for these digits: what it writes, or what it is when written out further. */
function isWrittenAs(double: number, text: string): boolean {
  if (!Number.isFinite(double)) return false;
  const digits = significantDigits(text);
  if (significantDigits(String(double)) === digits) return true;
  // C, Java and PHP write more digits of a double than it takes to know it. An integer beyond 2^53 is no such.
  if (Math.abs(double) > Number.MAX_SAFE_INTEGER || digits.length > 100) return false;
  return significantDigits(double.toPrecision(Math.max(digits.length, 1))) === digits;
}

function significantDigits(text: string): string {
  const [mantissa = ''] = text.split(/e/i, 1);
  return mantissa.replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
}

/** What goes into an address or a header as text, whatever a caller wrote it as. */
export const TextValue = z
  .union([z.string(), z.number(), z.boolean(), z.instanceof(ExactNumber)])
  .transform(String);
