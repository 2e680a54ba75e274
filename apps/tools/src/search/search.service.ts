import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { InputOf, OutputOf, searchTools, ToolDefinition } from '@patchbay/contracts';
import { Catalogue, type CatalogueEntry } from '../catalogue/catalogue.js';
import type { ProjectCatalogue } from '../catalogue/project.catalogue.js';
import { CatalogueIndex, type Bounds } from './catalogue.index.js';
import { Meanings } from './meanings.js';
import { relatedTo } from './related.tools.js';
import { scorer, type Candidate } from './tool.index.js';
import { ToolkitNames } from './toolkit.names.js';
import { wordsOf } from './words.js';

/** Tools named for one query: the likeliest ones first. */
const HITS_PER_QUERY = 8;
const PRIMARY_AT_MOST = 5;
/** A tool this close to the best one is as likely to be meant. */
const PRIMARY_SHARE_OF_BEST = 0.6;
const RELATED_AT_MOST = 5;
const NEAR_SLUGS = 3;
/** Below this nothing in a query speaks for the tool. */
const LEAST_SCORE = 0.12;

interface Found {
  entry: CatalogueEntry;
  score: number;
}

/** Finds tools from words: by the words themselves and by what the sentence means. */
@Injectable()
export class SearchService implements OnModuleInit {
  private readonly shipped: CatalogueIndex;
  private readonly own = new WeakMap<Catalogue, CatalogueIndex>();
  private understanding: Promise<void> | undefined;
  private readonly names = new WeakMap<Catalogue, ToolkitNames>();

  constructor(
    shipped: Catalogue,
    private readonly meanings: Meanings,
  ) {
    this.shipped = new CatalogueIndex(shipped);
  }

  /** The vectors of what ships were made at build; a catalogue that differs is told in the background. */
  onModuleInit(): void {
    void this.understood;
  }

  /** Resolves when what ships is found by its meaning as well. */
  get understood(): Promise<void> {
    return (this.understanding ??= this.shipped.understand(this.meanings));
  }

  /** The tools that fit, the best first. */
  async find(catalogue: ProjectCatalogue, text: string, bounds: Bounds = {}): Promise<CatalogueEntry[]> {
    const found = await this.scored(catalogue, text, bounds);
    return found.map(({ entry }) => entry);
  }

  nearSlugs(catalogue: ProjectCatalogue, slug: string): string[] {
    return this.rank(catalogue, slug.replaceAll('_', ' '), undefined, {})
      .slice(0, NEAR_SLUGS)
      .map(({ entry }) => entry.definition.slug);
  }

  async search(
    catalogue: ProjectCatalogue,
    { queries, scope, toolkits }: Pick<InputOf<typeof searchTools>, 'queries' | 'scope' | 'toolkits'>,
  ): Promise<OutputOf<typeof searchTools>> {
    const tools = new Map<string, ToolDefinition>();
    const hits = await Promise.all(
      queries.map(async ({ useCase }) => {
        const bounds = { scope, toolkits };
        const found = (await this.scored(catalogue, useCase, bounds)).slice(0, HITS_PER_QUERY);
        const best = found[0]?.score ?? 0;
        const primary = found
          .filter(({ score }) => score >= best * PRIMARY_SHARE_OF_BEST)
          .slice(0, PRIMARY_AT_MOST)
          .map(({ entry }) => entry);
        const others = found.slice(primary.length).map(({ entry }) => entry);
        const needed = relatedTo(primary, (text, toolkit) =>
          this.rank(catalogue, text, undefined, { scope, toolkits: [toolkit] }).map(({ entry }) => entry),
        );
        const related = [...new Set([...needed, ...others])]
          .filter((entry) => !primary.includes(entry))
          .slice(0, RELATED_AT_MOST);
        for (const { definition } of [...primary, ...related]) tools.set(definition.slug, definition);
        return {
          useCase,
          primaryTools: primary.map(({ definition }) => definition.slug),
          relatedTools: related.map(({ definition }) => definition.slug),
          toolkits: [...new Set([...primary, ...related].map(({ toolkit }) => toolkit.slug))],
        };
      }),
    );
    return { hits, tools: [...tools.values()] };
  }

  private async scored(catalogue: ProjectCatalogue, text: string, bounds: Bounds): Promise<Found[]> {
    if (wordsOf(text).length === 0) return [];
    return this.rank(catalogue, text, await this.meanings.ofQuery(text), bounds);
  }

  private rank(
    { parts }: ProjectCatalogue,
    text: string,
    vector: Int8Array | undefined,
    bounds: Bounds,
  ): Found[] {
    const named = parts.map((part) => this.namesOf(part).findIn(text));
    const toolkits = new Set(named.flatMap((names) => [...names.toolkits]));
    const [shortest] = named.map(({ rest }) => rest).toSorted((a, b) => a.length - b.length);
    // Nothing but the name of a toolkit: then its words are the query.
    const words = wordsOf(shortest || text);
    const candidates = parts.flatMap((part) => {
      const index = this.indexOf(part);
      const found = index.tools.candidates({ words, toolkits, vector }, index.mask(bounds));
      return found.map((candidate): Candidate & { part: Catalogue } => ({ ...candidate, part }));
    });
    const score = scorer(candidates, vector !== undefined);
    return candidates
      .map((candidate) => ({
        entry: candidate.part.entries[candidate.document] as CatalogueEntry,
        score: score(candidate),
      }))
      .filter((found) => found.score >= LEAST_SCORE)
      .toSorted((a, b) => b.score - a.score);
  }

  private indexOf(catalogue: Catalogue): CatalogueIndex {
    if (catalogue === this.shipped.catalogue) return this.shipped;
    let index = this.own.get(catalogue);
    if (!index) {
      index = new CatalogueIndex(catalogue, this.shipped);
      this.own.set(catalogue, index);
      void index.understand(this.meanings);
    }
    return index;
  }

  private namesOf(catalogue: Catalogue): ToolkitNames {
    let names = this.names.get(catalogue);
    if (!names) this.names.set(catalogue, (names = new ToolkitNames(catalogue.toolkits)));
    return names;
  }
}
