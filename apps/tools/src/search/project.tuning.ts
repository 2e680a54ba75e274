import type { Catalogue } from '../toolkits/index.js';
import { CatalogueIndex } from './catalogue.index.js';

/** What a project says of its tools for searching: what its people call them, and what their scores count. */
export class ProjectTuning {
  private readonly indexes = new WeakMap<Catalogue, { index: CatalogueIndex | undefined }>();

  /**
   * @param aliases by a tool's slug
   * @param boosts by a tool's slug, of those that count more or less than 1
   */
  constructor(
    private readonly aliases: ReadonlyMap<string, readonly string[]>,
    private readonly boosts: ReadonlyMap<string, number>,
  ) {}

  boost(slug: string): number {
    return this.boosts.get(slug) ?? 1;
  }

  /**
   * The tools of a catalogue that are called something else, each as if that were its name: so an alias is found by its
   * words, slips of typing and meaning, as a name is.
   */
  aliased(catalogue: Catalogue, base: CatalogueIndex): CatalogueIndex | undefined {
    let made = this.indexes.get(catalogue);
    if (!made) this.indexes.set(catalogue, (made = { index: this.make(catalogue, base) }));
    return made.index;
  }

  private make(catalogue: Catalogue, base: CatalogueIndex): CatalogueIndex | undefined {
    const named = [...this.aliases].flatMap(([slug, names]) => {
      const entry = catalogue.tool(slug);
      return entry ? names.map((name) => ({ entry, name })) : [];
    });
    if (named.length === 0) return undefined;
    return new CatalogueIndex(
      { toolkits: [], entries: named.map(({ entry }) => entry) },
      base,
      named.map(({ name }) => name),
    );
  }
}
