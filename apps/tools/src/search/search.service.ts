import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { InputOf, OutputOf, SearchExplanation, searchTools, ToolDefinition } from '@patchbay/contracts';
import { Catalogue, type CatalogueEntry, type ProjectCatalogue } from '../toolkits/index.js';
import { isToolkitInScope } from '../scope/index.js';
import { CatalogueIndex } from './catalogue.index.js';
import { EMBEDDINGS, type Embeddings } from './embeddings.js';
import { explain } from './explanation.js';
import { Finder, type Found, type SearchOptions } from './finder.js';
import type { ProjectTuning } from './project.tuning.js';
import { relatedTo } from './related.tools.js';
import { awaitingIn, clausesOf, readQuery } from './query.js';
import { isClear, isServed, merged } from './ranking.js';

const PRIMARY_AT_MOST = 5;
const RELATED_AT_MOST = 10;
/** One that is far behind the best is not worth its schema's place in a model's context. */
const RELATED_SHARE_OF_BEST = 0.5;
/** A tool this close to the best one is as likely to be meant. */
const PRIMARY_SHARE_OF_BEST = 0.75;
const NEAR_SLUGS = 3;

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
  async embeddedAll(catalogue: ProjectCatalogue, tuning?: ProjectTuning): Promise<void> {
    const { indexes } = this.finder(catalogue, { tuning });
    await Promise.all(indexes.map((index) => index.embed(this.embeddings)));
  }

  /** The tools that fit, the best first. */
  async find(
    catalogue: ProjectCatalogue,
    text: string,
    options: SearchOptions = {},
  ): Promise<CatalogueEntry[]> {
    return (await this.scored(catalogue, text, options)).map(({ entry }) => entry);
  }

  /** What a search of some tools went by. */
  async explain(
    catalogue: ProjectCatalogue,
    text: string,
    slugs: readonly string[],
    options: SearchOptions = {},
  ): Promise<SearchExplanation> {
    const found = await this.scored(catalogue, text, options);
    return this.explanationOf(this.finder(catalogue, options), text, found, slugs);
  }

  nearSlugs(catalogue: ProjectCatalogue, slug: string): string[] {
    return this.byWords(catalogue, slug.replaceAll('_', ' '), {})
      .slice(0, NEAR_SLUGS)
      .map(({ entry }) => entry.definition.slug);
  }

  async search(
    catalogue: ProjectCatalogue,
    input: Pick<
      InputOf<typeof searchTools>,
      'queries' | 'scope' | 'toolkits' | 'connected' | 'withExplanation'
    >,
    tuning?: ProjectTuning,
  ): Promise<OutputOf<typeof searchTools>> {
    const { queries, scope, toolkits, connected, withExplanation } = input;
    const tools = new Map<string, ToolDefinition>();
    const hits = await Promise.all(
      queries.map(async ({ useCase }) => {
        const found = await this.scored(catalogue, useCase, { scope, toolkits, connected, tuning });
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
        const primaryTools = primary.map(({ definition }) => definition.slug);
        const relatedTools = related.map(({ definition }) => definition.slug);
        const awaiting = this.awaiting(catalogue, useCase, { scope, toolkits });
        return {
          useCase,
          primaryTools,
          relatedTools,
          toolkits: [...new Set([...primary, ...related].map(({ toolkit }) => toolkit.slug))],
          ...(awaiting.length > 0 && { awaiting }),
          ...(withExplanation && {
            explanation: this.explanationOf(this.finder(catalogue, { tuning }), useCase, found, [
              ...primaryTools,
              ...relatedTools,
            ]),
          }),
        };
      }),
    );
    return { hits, tools: [...tools.values()] };
  }

  /** Of several things that a text wants, each is looked for by itself as well; nothing where no tool is for any. */
  private async scored(
    catalogue: ProjectCatalogue,
    text: string,
    options: SearchOptions,
  ): Promise<(Found & { isBest?: boolean })[]> {
    const finder = this.finder(catalogue, options);
    for (const index of finder.indexes) void index.embed(this.embeddings);
    const alone = async (part: string) => {
      const query = readQuery(part, finder.indexes);
      if (query.words.length === 0) return [];
      return finder.find(query, await this.embeddings?.ofQuery(query.sentence));
    };
    const whole = await alone(text);
    const clauses = await Promise.all(clausesOf(text).map(alone));
    const wanted = clauses.filter(([best]) => best && isClear(best.candidate));
    if (wanted.length > 1) return merged(whole, wanted);
    return whole.some(({ candidate }) => candidate.isNamed) ||
      isServed(whole.map(({ candidate }) => candidate))
      ? whole
      : [];
  }

  /** @param finder that found: how a text is read depends on the words that a project has for its tools */
  private explanationOf(
    finder: Finder,
    text: string,
    found: readonly Found[],
    slugs: readonly string[],
  ): SearchExplanation {
    const wanted = new Set(slugs);
    return explain(
      readQuery(text, finder.indexes),
      clausesOf(text),
      found.filter(({ entry }) => wanted.has(entry.definition.slug)),
    );
  }

  /** The toolkits that a text names and that an account has to be connected for before their tools are known. */
  private awaiting(
    { parts }: ProjectCatalogue,
    text: string,
    { scope, toolkits }: Pick<SearchOptions, 'scope' | 'toolkits'>,
  ): string[] {
    const found = parts.flatMap(({ catalogue, without }) =>
      [...awaitingIn(text, this.indexOf(catalogue))].filter((slug) => !without?.has(slug)),
    );
    return found.filter(
      (slug) => (!toolkits || toolkits.includes(slug)) && (!scope || isToolkitInScope(scope, slug)),
    );
  }

  private byWords(catalogue: ProjectCatalogue, text: string, options: SearchOptions): Found[] {
    const finder = this.finder(catalogue, options);
    return finder.find(readQuery(text, finder.indexes), undefined);
  }

  private finder({ parts }: ProjectCatalogue, options: SearchOptions): Finder {
    return new Finder(
      parts.flatMap(({ catalogue, without }) => {
        const index = this.indexOf(catalogue);
        const aliased = options.tuning?.aliased(catalogue, index);
        return [{ index, without }, ...(aliased ? [{ index: aliased, without }] : [])];
      }),
      options,
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
