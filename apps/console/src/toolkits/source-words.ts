/** `Name: value` a line. Undefined when there is none, null when a line is something else. */
export function headersIn(text: string): Record<string, string> | undefined | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  if (lines.length === 0) return undefined;
  const pairs = lines.map((line) => /^([^:\s]+):\s*(.+)$/.exec(line));
  if (pairs.some((pair) => !pair)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
}

const DULL = new Set([
  'www',
  'api',
  'mcp',
  'com',
  'org',
  'net',
  'io',
  'dev',
  'app',
  'co',
  'openapi',
  'json',
  'yaml',
  'yml',
  'swagger',
]);

/** A slug to begin with for a program: what its package is called, without whose it is and what all are. */
export function slugFromPackage(text: string): string {
  const [, name = ''] = /^(?:\w+:)?(?:@[^/\s]*\/)?([^@\s]*)/.exec(text.trim()) ?? [];
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const telling = words.filter((word) => word && !OF_EVERY_PROGRAM.has(word));
  return (
    (telling.length > 0 ? telling : words)
      .join('_')
      // A slug begins with a letter.
      .replace(/^[_\d]+/, '')
      .slice(0, 50)
  );
}

const OF_EVERY_PROGRAM = new Set(['mcp', 'server']);

/** A slug to begin with: the first word of a host's or a file's name that says something. */
export function slugFrom(source: string): string {
  const name = URL.canParse(source) ? new URL(source).hostname : source;
  const word = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .find((part) => /^[a-z]/.test(part) && !DULL.has(part));
  return word?.slice(0, 50) ?? '';
}
