import { hasParts, writeJson } from '@patchbay/contracts';

interface Shortness {
  /** Characters of a text. */
  characters: number;
  /** Containers inside of a list's item. */
  depth: number;
  /** Fields of one. */
  fields: number;
  /** Items of a list, and fields of what is in none. */
  items: number;
}

/** What a reader knows an item by, when not all of it can be shown. */
const TELLING = [
  'id',
  'number',
  'key',
  'slug',
  'name',
  'title',
  'subject',
  'summary',
  'status',
  'state',
  'url',
];

/**
 * The same data in at most so many bytes of JSON: every item of every list is still there, in short. Only
 * where there are more items than would fit as a word each, their end is left out, and counted.
 */
export function clip(data: Record<string, unknown>, maxBytes: number): Record<string, unknown> {
  for (const shortness of levels(maxBytes)) {
    const short = shorten(data, shortness, undefined) as Record<string, unknown>;
    if (sizeOf(short) <= maxBytes) return short;
  }
  return {};
}

export function sizeOf(data: unknown): number {
  return Buffer.byteLength(writeJson(data));
}

function* levels(maxBytes: number): Generator<Shortness> {
  const all = Infinity;
  for (const characters of [maxBytes / 4, maxBytes / 20, 2_000]) {
    yield { characters: Math.floor(characters), depth: all, fields: all, items: all };
  }
  yield { characters: 500, depth: 4, fields: all, items: all };
  yield { characters: 200, depth: 2, fields: 40, items: all };
  yield { characters: 80, depth: 1, fields: 15, items: all };
  yield { characters: 50, depth: 0, fields: 6, items: all };
  yield { characters: 30, depth: 0, fields: 3, items: all };
  yield { characters: 30, depth: 0, fields: 2, items: all };
  for (let items = 10_000; items >= 1; items = Math.floor(items / 2)) {
    yield { characters: 30, depth: 0, fields: 2, items };
  }
}

/** @param below how deep inside of a list's item; undefined outside of lists */
function shorten(value: unknown, shortness: Shortness, below: number | undefined): unknown {
  if (typeof value === 'string') return shortenText(value, shortness.characters);
  if (!hasParts(value)) return value;
  if (below !== undefined && below > shortness.depth) return inAWord(value);
  if (Array.isArray(value)) {
    const kept = value.slice(0, shortness.items).map((item) => shorten(item, shortness, (below ?? -1) + 1));
    const rest = value.length - kept.length;
    return rest > 0 ? [...kept, `… and ${rest} more`] : kept;
  }
  const inside = below === undefined ? undefined : below + 1;
  const limit = below === undefined ? shortness.items : shortness.fields;
  const entries = mostTelling(Object.entries(value), limit);
  return Object.fromEntries(entries.map(([key, inner]) => [key, shorten(inner, shortness, inside)]));
}

function mostTelling(entries: [string, unknown][], limit: number): [string, unknown][] {
  if (entries.length <= limit) return entries;
  const rank = (key: string) => (TELLING.includes(key) ? TELLING.indexOf(key) : TELLING.length);
  const telling = entries.toSorted(([a], [b]) => rank(a) - rank(b)).slice(0, limit);
  return entries.filter((entry) => telling.includes(entry));
}

function shortenText(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '')}… (${text.length} characters)`;
}

function inAWord(value: object): string {
  return Array.isArray(value) ? `[${value.length} items]` : `{${Object.keys(value).length} fields}`;
}
