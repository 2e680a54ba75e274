/** The fields of an answer. */
export type Fields = Record<string, unknown>;

/** The field of one of these names, however it is normalizeCode: `access_token`, `accessToken`, `Access-Token`. */
export function fieldOf(fields: Fields, ...names: string[]): unknown {
  for (const name of names) {
    if (isSet(fields[name])) return fields[name];
    const found = Object.keys(fields).find(
      (key) => normalizeName(key) === normalizeName(name) && isSet(fields[key]),
    );
    if (found !== undefined) return fields[found];
  }
  return undefined;
}

/** The object under a name; undefined where there is none. */
export function objectOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** A text that may have come as a number; undefined for what is none, or empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function normalizeName(name: string): string {
  return name.replace(/[_.-]/g, '').toLowerCase();
}
