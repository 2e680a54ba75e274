import { hasParts, writeJson } from '@patchbay/contracts';

interface Cut {
  items: number;
  characters: number;
}

/** Tried in this order until the whole is small enough. */
const CUTS: readonly Cut[] = [
  { items: 5, characters: 1_000 },
  { items: 2, characters: 200 },
];

/** The same shape with long lists and texts cut; when that is still too much, how it begins. */
export function previewOf(value: unknown, limit: number): unknown {
  for (const cut of CUTS) {
    const preview = shorten(value, cut);
    if (charactersOf(preview) <= limit) return preview;
  }
  return { beginning: writeJson(value).slice(0, limit).toWellFormed() };
}

export function charactersOf(value: unknown): number {
  return writeJson(value)?.length ?? 0;
}

function shorten(value: unknown, cut: Cut): unknown {
  if (typeof value === 'string') return shortenText(value, cut.characters);
  if (Array.isArray(value)) {
    const shown = value.slice(0, cut.items).map((item) => shorten(item, cut));
    return value.length > cut.items ? [...shown, `...${value.length - cut.items} more items`] : shown;
  }
  if (!hasParts(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shorten(item, cut)]));
}

function shortenText(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text.slice(0, characters).toWellFormed()}...${text.length - characters} more characters`;
}
