import { ExactNumber, hasParts, holdsExact } from '@patchbay/contracts';
import type { ArgumentChecker, Checked } from './argument-checker.js';

/**
 * Checks values in which there may be ExactNumbers, of which checkers know nothing. Each is a number where the schema
 * takes one, and its digits where the schema wants a text.
 */
export function checkExact(checker: ArgumentChecker, given: unknown): Checked {
  if (!holdsExact(given)) return checker.check(given);
  const checked = checker.check(withNumbers(given, standIn));
  if (checked.ok) return { ok: true, value: restored(given, checked.value) };
  const refused = new Set(checked.issues.map(({ path }) => JSON.stringify(path)));
  const asTexts = textsWhere(given, refused);
  const again = checker.check(withNumbers(asTexts, standIn));
  // What was wrong with the numbers says more than what is wrong with the texts.
  return again.ok ? { ok: true, value: restored(asTexts, again.value) } : checked;
}

/** An integer that every schema of integers takes for one, on the same side of every bound that a double can say. */
function standIn(number: ExactNumber): number {
  return number.isInteger ? Math.sign(Number(number)) * Number.MAX_SAFE_INTEGER : Number(number);
}

/** A copy with something else for its ExactNumbers. */
export function withNumbers(value: unknown, by: (number: ExactNumber) => unknown): unknown {
  if (value instanceof ExactNumber) return by(value);
  return mapParts(value, (part) => withNumbers(part, by));
}

/** Texts for the numbers that were refused themselves, or with what holds them. */
function textsWhere(value: unknown, refused: ReadonlySet<string>, path: readonly string[] = []): unknown {
  if (refused.has(JSON.stringify(path))) return withNumbers(value, String);
  return mapParts(value, (part, key) => textsWhere(part, refused, [...path, key]));
}

/** The numbers back in place of what stands in for them, where the schema left that as it was. */
function restored(given: unknown, parsed: unknown): unknown {
  if (given instanceof ExactNumber) return parsed === standIn(given) ? given : parsed;
  if (!hasParts(given)) return parsed;
  return mapParts(parsed, (part, key) =>
    Object.hasOwn(given, key) ? restored(Reflect.get(given, key), part) : part,
  );
}

function mapParts(value: unknown, map: (part: unknown, key: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((part: unknown, at) => map(part, String(at)));
  if (!hasParts(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, map(part, key)]));
}
