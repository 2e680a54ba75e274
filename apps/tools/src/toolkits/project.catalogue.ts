import type { Toolkit } from '@patchbay/contracts';
import type { Catalogue, CatalogueEntry } from './catalogue.js';

/** A catalogue, or what of it is meant. */
export interface CataloguePart {
  catalogue: Catalogue;
  /** Slugs of toolkits that another part has in its place. */
  without?: ReadonlySet<string>;
}

/** What one project can use: what ships, and the toolkits it added for itself. */
export class ProjectCatalogue {
  /** @param parts what ships first: a toolkit of the project's own cannot stand in its way */
  constructor(readonly parts: readonly CataloguePart[]) {}

  get toolkits(): readonly Toolkit[] {
    return this.all(
      ({ toolkits }) => toolkits,
      ({ slug }) => slug,
    );
  }

  get entries(): readonly CatalogueEntry[] {
    return this.all(({ entries }) => entries, toolkitOf);
  }

  toolkit(slug: string): Toolkit | undefined {
    return this.first(
      (catalogue) => catalogue.toolkit(slug),
      () => slug,
    );
  }

  tool(slug: string): CatalogueEntry | undefined {
    return this.first((catalogue) => catalogue.tool(slug), toolkitOf);
  }

  private all<T>(of: (catalogue: Catalogue) => readonly T[], toolkit: (item: T) => string): readonly T[] {
    const lists = this.parts.map(({ catalogue, without }) =>
      without ? of(catalogue).filter((item) => !without.has(toolkit(item))) : of(catalogue),
    );
    return lists.length === 1 && lists[0] ? lists[0] : lists.flat();
  }

  private first<T>(of: (catalogue: Catalogue) => T | undefined, toolkit: (item: T) => string): T | undefined {
    for (const { catalogue, without } of this.parts) {
      const found = of(catalogue);
      if (found !== undefined && !without?.has(toolkit(found))) return found;
    }
    return undefined;
  }
}

function toolkitOf({ toolkit }: CatalogueEntry): string {
  return toolkit.slug;
}
