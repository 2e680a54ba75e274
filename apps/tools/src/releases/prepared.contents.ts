import { readFile } from 'node:fs/promises';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import type { CatalogueEntry } from '../toolkits/index.js';
import type { Content } from './content.js';

/** Where the build leaves them. From `src` in tests as from `dist`. */
export const PREPARED = new URL('../../dist/releases/contents/', import.meta.url);

/** The content of each toolkit that ships, by its slug, as an index beside the files. */
export type PreparedIndex = Record<string, Content['sha256']>;

/**
 * The contents of toolkits as they ship, which the build made: to hash thousands of tools at each start takes a second.
 * @returns undefined for a toolkit whose tools are the operator's own, or another's than those that ship
 */
export async function preparedContents(): Promise<
  (slug: string, entries: readonly CatalogueEntry[]) => Content | undefined
> {
  const index = JSON.parse(await readFile(new URL('index.json', PREPARED), 'utf8')) as PreparedIndex;
  const shipped = new Map(SHIPPED_TOOLKITS.map((toolkit) => [toolkit.slug, toolkit]));
  return (slug, entries) => {
    const sha256 = index[slug];
    const [first] = entries;
    if (!sha256 || !first || first.toolkit.tools !== shipped.get(slug)?.tools) return undefined;
    return { sha256, compressed: () => readFile(fileOf(slug)) };
  };
}

/** The compressed content of a toolkit. */
export function fileOf(slug: string): URL {
  return new URL(`${slug}.json.gz`, PREPARED);
}
