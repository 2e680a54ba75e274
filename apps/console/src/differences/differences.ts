/** One place in which two values differ; what is undefined is not there. */
export interface Difference {
  path: string[];
  before: unknown;
  after: unknown;
}

/** A schema of a thousand fields may be another one altogether: whoever reads has understood by then. */
const MOST = 300;

/**
 * Where two values of JSON differ, as deep as they can be told apart.
 * @returns the first of them; `hasMore` when there are others: whoever decides has to know of them
 */
export function differencesOf(before: unknown, after: unknown): { found: Difference[]; hasMore: boolean } {
  const found: Difference[] = [];
  compare([], before, after, found);
  return { found: found.slice(0, MOST), hasMore: found.length > MOST };
}

function compare(path: string[], before: unknown, after: unknown, found: Difference[]): void {
  if (found.length > MOST || isSame(before, after)) return;
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare([...path, key], before[key], after[key], found);
  } else if (isListOfObjects(before) && isListOfObjects(after)) {
    for (let at = 0; at < Math.max(before.length, after.length); at += 1)
      compare([...path, String(at + 1)], before[at], after[at], found);
  } else found.push({ path, before, after });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOfObjects = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one !== null);

/** Whatever the order of their keys is. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, at) => isSame(one, b[at]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(a[key], b[key]));
}

/** What two texts begin and end with alike, and what stands between. */
export function changedPart(before: string, after: string): { start: number; end: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { start, end };
}

/** Of one side: a description may be as long as its author likes. */
const SHOWN = 4_000;
const AROUND = 200;

/** A text around its part that differs, which is shown wherever it stands; an ellipsis is where something is left out. */
export function partsOf(
  text: string,
  { start, end }: { start: number; end: number },
): [string, string, string] {
  const last = Math.max(start, text.length - end);
  const changed = text.slice(start, last);
  if (text.length <= SHOWN) return [text.slice(0, start), changed, text.slice(last)];
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, last + AROUND);
  return [
    `${from > 0 ? '…' : ''}${text.slice(from, start)}`,
    changed.length > SHOWN ? `${changed.slice(0, SHOWN)}… (${changed.length} characters)` : changed,
    `${text.slice(last, to)}${to < text.length ? '…' : ''}`,
  ];
}
