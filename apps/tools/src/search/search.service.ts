import { Injectable } from '@nestjs/common';
import type { InputOf, OutputOf, searchTools, ToolDefinition } from '@patchbay/contracts';
import MiniSearch from 'minisearch';
import { Catalogue, type CatalogueEntry } from '../catalogue/catalogue.js';
import { outOfScope } from '../scope/scope.js';

/** Tools named for one query: the likeliest ones first. */
const HITS_PER_QUERY = 6;
const PRIMARY_AT_MOST = 3;
/** A tool this close to the best one is as likely to be meant. */
const PRIMARY_SHARE_OF_BEST = 0.7;
const NEAR_SLUGS = 3;

/** Words that say nothing about which tool is meant. */
const STOP_WORDS = new Set(
  'a an and by for from i in into is it me my of on or please the this to with'.split(' '),
);

/** Finds tools from words: BM25 over slug, name, description and toolkit, forgiving typos. */
@Injectable()
export class SearchService {
  private readonly index: MiniSearch;

  constructor(private readonly catalogue: Catalogue) {
    this.index = new MiniSearch({
      idField: 'slug',
      fields: ['words', 'name', 'description', 'toolkit'],
      processTerm: (term) => (STOP_WORDS.has(term.toLowerCase()) ? null : singular(term.toLowerCase())),
      searchOptions: {
        boost: { words: 2, name: 2, toolkit: 1.5 },
        fuzzy: (term) => (term.length > 4 ? 0.2 : false),
        prefix: (term) => term.length > 3,
      },
    });
    this.index.addAll(catalogue.entries.map(({ definition }) => toDocument(definition)));
  }

  /** All matching tools, the best first. */
  find(text: string): CatalogueEntry[] {
    return this.scored(text).map(({ entry }) => entry);
  }

  nearSlugs(slug: string): string[] {
    return this.scored(slug.replaceAll('_', ' '))
      .slice(0, NEAR_SLUGS)
      .map(({ entry }) => entry.definition.slug);
  }

  search({ queries, scope, toolkits }: InputOf<typeof searchTools>): OutputOf<typeof searchTools> {
    const tools = new Map<string, ToolDefinition>();
    const hits = queries.map(({ useCase }) => {
      const found = this.scored(useCase)
        .filter(({ entry: { definition } }) => !outOfScope(scope, definition))
        .filter(({ entry }) => !toolkits || toolkits.includes(entry.toolkit.slug))
        .slice(0, HITS_PER_QUERY);
      const best = found[0]?.score ?? 0;
      const primary = found
        .slice(0, PRIMARY_AT_MOST)
        .filter(({ score }) => score >= best * PRIMARY_SHARE_OF_BEST);
      for (const { entry } of found) tools.set(entry.definition.slug, entry.definition);
      return {
        useCase,
        primaryTools: primary.map(({ entry }) => entry.definition.slug),
        relatedTools: found.slice(primary.length).map(({ entry }) => entry.definition.slug),
        toolkits: [...new Set(found.map(({ entry }) => entry.toolkit.slug))],
      };
    });
    return { hits, tools: [...tools.values()] };
  }

  private scored(text: string): { entry: CatalogueEntry; score: number }[] {
    return this.index.search(text).flatMap(({ id, score }) => {
      const entry = this.catalogue.tool(String(id));
      return entry ? [{ entry, score }] : [];
    });
  }
}

function toDocument({ slug, name, description, toolkit }: ToolDefinition) {
  return { slug, words: slug.replaceAll('_', ' '), name, description, toolkit: toolkit.name };
}

/** Enough of a stem for "issues" to find "issue". */
function singular(term: string): string {
  return term.length > 3 && term.endsWith('s') && !term.endsWith('ss') ? term.slice(0, -1) : term;
}
