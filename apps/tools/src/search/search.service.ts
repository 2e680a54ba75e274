import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { InputOf, OutputOf, searchTools, ToolDefinition } from '@patchbay/contracts';
import { wordsOf } from '@patchbay/search';
import { Catalogue, type CatalogueEntry, type ProjectCatalogue } from '../toolkits/index.js';
import { CatalogueIndex, type Bounds } from './catalogue.index.js';
import { EMBEDDINGS, type Embeddings } from './embeddings.js';
import { relatedTo } from './related.tools.js';
import { readQuery, type ReadQuery } from './query.js';
import { isRelevant, ranked, scorer, type Candidate } from './ranking.js';

/** Tools named for one query, as their schemas fill a model's context; one of them may be a related one. */
const TOOLS_PER_QUERY = 6;
const PRIMARY_AT_MOST = 5;
/** A tool this close to the best one is as likely to be meant. */
const PRIMARY_SHARE_OF_BEST = 0.75;
const NEAR_SLUGS = 3;

interface Found {
  entry: CatalogueEntry;
  score: number;
}

/** Finds tools from words: by the words themselves and by what the sentence means. */
@Injectable()
export class SearchService implements OnModuleInit {
  private shippedIndex: CatalogueIndex | undefined;
  private readonly own = new WeakMap<Catalogue, CatalogueIndex>();

  constructor(
    private readonly catalogue: Catalogue,
    @Inject(EMBEDDINGS) private readonly embeddings: Embeddings | undefined,
  ) {}

  /** Made when the module starts and not before: it takes a second, in which the database would wait for its answer. */
  private get shipped(): CatalogueIndex {
    return (this.shippedIndex ??= new CatalogueIndex(this.catalogue));
  }

  /** In the background, until when tools are found by words alone. */
  onModuleInit(): void {
    void this.embedded;
  }

  /** Resolves when what ships is found by its embeddings as well. */
  get embedded(): Promise<void> {
    return this.shipped.embed(this.embeddings);
  }

  /** Resolves when all that a project has is. */
  async embeddedAll({ parts }: ProjectCatalogue): Promise<void> {
    await Promise.all(parts.map(({ catalogue }) => this.indexOf(catalogue).embed(this.embeddings)));
  }

  /** The tools that fit, the best first. */
  async find(catalogue: ProjectCatalogue, text: string, bounds: Bounds = {}): Promise<CatalogueEntry[]> {
    const found = await this.scored(catalogue, text, bounds);
    return found.map(({ entry }) => entry);
  }

  nearSlugs(catalogue: ProjectCatalogue, slug: string): string[] {
    return this.byWords(catalogue, slug.replaceAll('_', ' '), {})
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
        const found = (await this.scored(catalogue, useCase, bounds)).slice(0, TOOLS_PER_QUERY);
        const best = found[0]?.score ?? 0;
        const primary = found
          .filter(({ score }) => score >= best * PRIMARY_SHARE_OF_BEST)
          .slice(0, PRIMARY_AT_MOST)
          .map(({ entry }) => entry);
        const others = found.slice(primary.length).map(({ entry }) => entry);
        const needed = relatedTo(primary, (text, toolkit) =>
          this.byWords(catalogue, text, { scope, toolkits: [toolkit] }).map(({ entry }) => entry),
        );
        const related = [...new Set([...needed, ...others])]
          .filter((entry) => !primary.includes(entry))
          .slice(0, TOOLS_PER_QUERY - primary.length);
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
    const query = this.read(catalogue, text);
    if (query.words.length === 0) return [];
    void this.embeddedAll(catalogue);
    return this.rank(catalogue, query, await this.embeddings?.ofQuery(query.sentence), bounds);
  }

  private byWords(catalogue: ProjectCatalogue, text: string, bounds: Bounds): Found[] {
    return this.rank(catalogue, this.read(catalogue, text), undefined, bounds);
  }

  private read({ parts }: ProjectCatalogue, text: string): ReadQuery {
    return readQuery(
      text,
      parts.map(({ catalogue }) => this.indexOf(catalogue)),
    );
  }

  private rank(
    { parts }: ProjectCatalogue,
    query: ReadQuery,
    vector: Int8Array | undefined,
    bounds: Bounds,
  ): Found[] {
    const candidates = parts.flatMap(({ catalogue, without }) => {
      const index = this.indexOf(catalogue);
      const found = index.tools.candidates(query, vector, index.mask({ ...bounds, without }));
      return found.map((candidate): Candidate & { catalogue: Catalogue } => ({ ...candidate, catalogue }));
    });
    const score = scorer(candidates);
    const found = candidates.filter(isRelevant).map((candidate) => ({
      entry: candidate.catalogue.entries[candidate.document] as CatalogueEntry,
      score: score(candidate),
    }));
    return ranked(found, ({ entry: { definition, toolkit } }) =>
      [toolkit.slug, ...wordsOf(definition.name)].join(' '),
    );
  }

  private indexOf(catalogue: Catalogue): CatalogueIndex {
    if (catalogue === this.shipped.catalogue) return this.shipped;
    let index = this.own.get(catalogue);
    if (!index) {
      index = new CatalogueIndex(catalogue, this.shipped);
      this.own.set(catalogue, index);
    }
    return index;
  }
}
