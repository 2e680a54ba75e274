/** What an answer says by name. */
export type Fields = Record<string, unknown>;

/** The field of one of these names, however it is spelled: `access_token`, `accessToken`, `Access-Token`. */
export function fieldOf(fields: Fields, ...names: string[]): unknown {
  for (const name of names) {
    if (isSaid(fields[name])) return fields[name];
    const found = Object.keys(fields).find((key) => folded(key) === folded(name) && isSaid(fields[key]));
    if (found !== undefined) return fields[found];
  }
  return undefined;
}

/** The object under a name; undefined where there is none. */
export function objectOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** A text that may have come as a number; undefined for what is none, or empty. */
export function wordOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function folded(name: string): string {
  return name.replace(/[_.-]/g, '').toLowerCase();
}
