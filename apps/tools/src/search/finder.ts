import type { SessionScope } from '@patchbay/contracts';
import { wordsOf } from '@patchbay/search';
import type { CatalogueEntry } from '../toolkits/index.js';
import type { CatalogueIndex } from './catalogue.index.js';
import type { ProjectTuning } from './project.tuning.js';
import type { ReadQuery } from './query.js';
import { isRelevant, ranked, scorer, type Candidate, type Favour, type Scorer } from './ranking.js';

/** Where is searched, and for whom. */
export interface SearchOptions {
  scope?: SessionScope | undefined;
  toolkits?: readonly string[] | undefined;
  /** Toolkits for which an account is connected; absent where it is not known for whom is searched. */
  connected?: readonly string[] | undefined;
  /** What the project says of its tools. */
  tuning?: ProjectTuning | undefined;
}

/** A tool that fits, and all that it was found by. */
export interface Found {
  entry: CatalogueEntry;
  candidate: Candidate;
  score: number;
  /** The part of a text for which it was found. */
  query: ReadQuery;
  index: CatalogueIndex;
  scorer: Scorer;
  favour: Favour;
  /** What it counts less for others of its name before it, as a factor. */
  standsBack?: number;
}

/** One index, without the toolkits that another has in their place. */
export interface SearchedIndex {
  index: CatalogueIndex;
  without?: ReadonlySet<string> | undefined;
}

/** Finds tools in several indexes as if they were one. */
export class Finder {
  private readonly connected: ReadonlySet<string> | undefined;

  constructor(
    private readonly searched: readonly SearchedIndex[],
    private readonly options: SearchOptions,
  ) {
    this.connected = options.connected && new Set(options.connected);
  }

  get indexes(): CatalogueIndex[] {
    return this.searched.map(({ index }) => index);
  }

  /** The tools that fit, the best first. */
  find(query: ReadQuery, vector: Int8Array | undefined): Found[] {
    const { scope, toolkits } = this.options;
    const lists = this.searched.map(({ index, without }) => ({
      index,
      candidates: index.tools.candidates(query, vector, index.mask({ scope, toolkits, without })),
    }));
    const scoring = scorer(lists.flatMap(({ candidates }) => candidates));
    const found = lists.flatMap(({ index, candidates }) =>
      candidates.filter(isRelevant).map((candidate): Found => {
        const entry = index.catalogue.entries[candidate.document] as CatalogueEntry;
        const favour = this.favourOf(entry);
        const score = scoring.score(candidate, favour);
        return { entry, candidate, score, query, index, scorer: scoring, favour };
      }),
    );
    const hasAliases = lists.some(({ index }) => index.aliases.length > 0);
    return ranked(hasAliases ? bestOfEach(found) : found, nameOf);
  }

  private favourOf({ definition }: CatalogueEntry): Favour {
    const { connected, options } = this;
    return {
      isReady:
        connected !== undefined && (!definition.needsAccount || connected.has(definition.toolkit.slug)),
      boost: options.tuning?.boost(definition.slug) ?? 1,
    };
  }
}

/** A tool may be found by its name and by its aliases: the best of them is how it was found. */
function bestOfEach(found: readonly Found[]): Found[] {
  const best = new Map<CatalogueEntry, Found>();
  for (const one of found) {
    const known = best.get(one.entry);
    if (!known || one.score > known.score) best.set(one.entry, one);
  }
  return [...best.values()];
}

const names = new WeakMap<CatalogueEntry, string>();

/** What tools of one toolkit that say the same are called. */
function nameOf({ entry }: Found): string {
  let name = names.get(entry);
  if (name === undefined) {
    name = [entry.toolkit.slug, ...wordsOf(entry.definition.name)].join(' ');
    names.set(entry, name);
  }
  return name;
}
