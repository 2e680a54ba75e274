/* Of the language, and not yet of TypeScript's library: https://github.com/tc39/proposal-json-parse-with-source */
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
const exact = JSON as unknown as {
  parse(text: string, reviver: Reviver): unknown;
  rawJSON(text: string): object;
};

/** Parses JSON in which numbers that no double holds keep their digits when they are written again (docs/toolkits.md). */
export function parseExactly(text: string): unknown {
  return exact.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && !isSame(value, source)
      ? exact.rawJSON(source)
      : value,
  );
}

/** Of integers, as 1.50 is the same as 1.5, and nobody counts in 1e400. */
function isSame(value: number, source: string): boolean {
  return !/^-?\d+$/.test(source) || Number.isSafeInteger(value);
}
