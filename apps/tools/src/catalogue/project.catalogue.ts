import type { Toolkit } from '@patchbay/contracts';
import type { Catalogue, CatalogueEntry } from './catalogue.js';

/** What one project can use: what ships, and the toolkits it added for itself. */
export class ProjectCatalogue {
  /** @param parts what ships first: a toolkit of the project's own cannot stand in its way */
  constructor(readonly parts: readonly Catalogue[]) {}

  get toolkits(): readonly Toolkit[] {
    return this.parts.length === 1 && this.parts[0]
      ? this.parts[0].toolkits
      : this.parts.flatMap(({ toolkits }) => toolkits);
  }

  get entries(): readonly CatalogueEntry[] {
    return this.parts.length === 1 && this.parts[0]
      ? this.parts[0].entries
      : this.parts.flatMap(({ entries }) => entries);
  }

  toolkit(slug: string): Toolkit | undefined {
    return firstOf(this.parts, (part) => part.toolkit(slug));
  }

  tool(slug: string): CatalogueEntry | undefined {
    return firstOf(this.parts, (part) => part.tool(slug));
  }
}

function firstOf<P, T>(parts: readonly P[], find: (part: P) => T | undefined): T | undefined {
  for (const part of parts) {
    const found = find(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
