import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { InputOf, OutputOf, searchTools, ToolDefinition } from '@patchbay/contracts';
import { wordsOf } from '@patchbay/search';
import { Catalogue, type CatalogueEntry, type ProjectCatalogue } from '../toolkits/index.js';
import { CatalogueIndex, type Bounds } from './catalogue.index.js';
import { EMBEDDINGS, type Embeddings } from './embeddings.js';
import { relatedTo } from './related.tools.js';
import { clausesOf, readQuery, type ReadQuery } from './query.js';
import {
  isClear,
  isRelevant,
  isServed,
  merged,
  ranked,
  scorer,
  type Candidate,
  type Scored,
} from './ranking.js';

const PRIMARY_AT_MOST = 5;
const RELATED_AT_MOST = 10;
/** One that is far behind the best is not worth its schema's place in a model's context. */
const RELATED_SHARE_OF_BEST = 0.5;
/** A tool this close to the best one is as likely to be meant. */
const PRIMARY_SHARE_OF_BEST = 0.75;
const NEAR_SLUGS = 3;

interface Found extends Scored {
  entry: CatalogueEntry;
  candidate: Candidate;
  /** The best for one of several things that are wanted. */
  isBest?: boolean;
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
        const found = await this.scored(catalogue, useCase, bounds);
        const best = found[0]?.score ?? 0;
        const primary = found
          .slice(0, PRIMARY_AT_MOST)
          .filter(({ score, isBest }) => isBest || score >= best * PRIMARY_SHARE_OF_BEST)
          .map(({ entry }) => entry);
        const others = found
          .slice(0, PRIMARY_AT_MOST + RELATED_AT_MOST)
          .filter(({ score }) => score >= best * RELATED_SHARE_OF_BEST)
          .map(({ entry }) => entry);
        const needed = relatedTo(primary, (text, toolkit) =>
          this.byWords(catalogue, text, { scope, toolkits: [toolkit] }).map(({ entry }) => entry),
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

  /** Of several things that a text wants, each is looked for by itself as well; nothing where no tool is for any. */
  private async scored(catalogue: ProjectCatalogue, text: string, bounds: Bounds): Promise<Found[]> {
    void this.embeddedAll(catalogue);
    const whole = await this.scoredAlone(catalogue, text, bounds);
    const clauses = await Promise.all(
      clausesOf(text).map((clause) => this.scoredAlone(catalogue, clause, bounds)),
    );
    const wanted = clauses.filter(([best]) => best && isClear(best.candidate));
    if (wanted.length > 1) return merged(whole, wanted);
    return whole.some(({ candidate }) => candidate.isNamed) ||
      isServed(whole.map(({ candidate }) => candidate))
      ? whole
      : [];
  }

  private async scoredAlone(catalogue: ProjectCatalogue, text: string, bounds: Bounds): Promise<Found[]> {
    const query = this.read(catalogue, text);
    if (query.words.length === 0) return [];
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
      candidate,
      ...score(candidate),
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
