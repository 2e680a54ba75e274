/** A tool that may be relevant, with what speaks for it. */
export interface Candidate {
  document: number;
  /** By its words: unbounded, comparable within one query. */
  words: number;
  /** How much of the query it has: 0 to 1. */
  covered: number;
  /** How much of its name the query says: 0 to 1. */
  said: number;
  /** How short its name is: 0 to 1. */
  brevity: number;
  /** One of its toolkit's most used, or of a toolkit that the project added itself: 1, else 0. */
  important: number;
  /** Does what is wanted, of reading, writing and deleting: 1; does not: 0; in between where the query does not say. */
  fits: number;
  /** The cosine similarity of its embedding and the query's. */
  similarity: number;
  /** What is known of its toolkit: 1, less for one that the query does not name. */
  prior: number;
  /** The query names its toolkit. */
  isNamed: boolean;
}

/** What a candidate's score is made of, each 0 to 1. */
export const FEATURES = ['words', 'covered', 'said', 'brevity', 'important', 'fits', 'similarity'] as const;
export type Feature = (typeof FEATURES)[number];
export type Weights = Record<Feature, number>;

/**
 * Fitted by `bench/search/fit.mjs` on one half of two sets, of tools that ship and of strangers' functions: by the first
 * alone the names of tools count too much, which strangers choose in other ways.
 */
const WITH_EMBEDDINGS: Weights = {
  words: 0.173,
  covered: 0.23,
  said: 0.099,
  brevity: 0.124,
  important: 0.059,
  fits: 0.071,
  similarity: 0.244,
};
const BY_WORDS: Weights = {
  words: 0.261,
  covered: 0.296,
  said: 0.138,
  brevity: 0.148,
  important: 0.073,
  fits: 0.085,
  similarity: 0,
};

/** Nearer than this a sentence is about the same, whatever its words. */
const NEAR = 0.45;

/** So near something has to be that a query is about anything that can be done here. */
const NEAR_ENOUGH = 0.26;
/** Or so much of the query's words, as a name of one's own says nothing to the model. */
const COVERED_ENOUGH = 0.75;
/** So many of the best have a say in that. */
const ASKED = 5;

/**
 * Whether a query that names no toolkit is about anything among what was found, the best first. Without embeddings
 * that cannot be told.
 */
export function isServed(best: readonly Candidate[]): boolean {
  const asked = best.slice(0, ASKED);
  if (asked.every(({ similarity }) => similarity === 0)) return true;
  return asked.some(({ similarity, covered }) => similarity >= NEAR_ENOUGH || covered >= COVERED_ENOUGH);
}

/** Of a clause that is no wish ("I fly to Rome on Monday") nothing comes this near. */
const CLEAR = 0.4;

/** Whether the best of what was found for a part of a text says that it is a wish of its own. */
export function isClear({ similarity, covered }: Candidate): boolean {
  return similarity === 0 ? covered >= COVERED_ENOUGH : similarity >= CLEAR;
}

/** Whether anything in the query speaks for the tool: a short name alone does not. */
export function isRelevant({ covered, similarity }: Candidate): boolean {
  return covered > 0 || similarity >= NEAR;
}

/** What of a candidate counts, in the order of `FEATURES`. */
export function featuresOf(candidate: Candidate, topWords: number): number[] {
  return FEATURES.map((feature) => valueOf(candidate, feature, topWords));
}

function valueOf(candidate: Candidate, feature: Feature, topWords: number): number {
  return feature === 'words' ? candidate.words / topWords : Math.max(0, candidate[feature]);
}

/** The highest score by words, against which all others of a query count. */
export function topWordsOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((most, { words, prior }) => Math.max(most, words * prior), Number.EPSILON);
}

/** What speaks for a tool beside what it says of itself. */
export interface Favour {
  /** An account of the user is connected for its toolkit, or none is needed. */
  isReady: boolean;
  /** What the project says that its score counts: 1 where it says nothing. */
  boost: number;
}

/**
 * Of two tools whose scores are as near as this, one that can be called at once comes first. By `bench/search/connected.mjs`:
 * more would put toolkits that happen to be connected before those that are meant.
 */
export const READY = 0.02;

export interface Scorer {
  /** 1 is as good as it gets without a boost. */
  score: (candidate: Candidate, favour: Favour) => number;
  /** What each feature gives to the score, before the boost. */
  parts: (candidate: Candidate) => Weights;
}

/** Scores candidates of one query, of however many indexes. */
export function scorer(candidates: readonly Candidate[]): Scorer {
  const hasEmbeddings = candidates.some(({ similarity }) => similarity !== 0);
  const top = topWordsOf(candidates);
  const weights = hasEmbeddings ? WITH_EMBEDDINGS : BY_WORDS;
  return {
    score(candidate, { isReady, boost }) {
      let sum = isReady ? candidate.prior * READY : 0;
      for (const feature of FEATURES)
        sum += candidate.prior * weights[feature] * valueOf(candidate, feature, top);
      return boost * sum;
    },
    parts(candidate) {
      const values = featuresOf(candidate, top);
      const given = FEATURES.map(
        (feature, at) => candidate.prior * weights[feature] * (values[at] as number),
      );
      return Object.fromEntries(FEATURES.map((feature, at) => [feature, given[at]])) as Weights;
    },
  };
}

/** So many of the best are compared by their names. */
const COMPARED = 100;
/** What the next tool of one toolkit and name counts of what it would. */
const SAME_NAME = 0.8;

/**
 * The best first. Tools of one toolkit whose names say the same may be as good as each other: the second and the third
 * of them stand back, so that they do not take the places of all others.
 */
export function ranked<T extends { score: number }>(
  found: readonly T[],
  nameOf: (one: T) => string,
): (T & { standsBack?: number })[] {
  const sorted = found.toSorted((a, b) => b.score - a.score);
  const near = sorted.slice(0, COMPARED);
  const seen = new Map<string, number>();
  const stoodBack = near.map((one) => {
    const name = nameOf(one);
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    const standsBack = SAME_NAME ** before;
    return before === 0 ? one : { ...one, score: one.score * standsBack, standsBack };
  });
  return [...stoodBack.toSorted((a, b) => b.score - a.score), ...sorted.slice(COMPARED)];
}

/** So many are taken of what was found for the whole, before the best for each part. */
const WHOLE_FIRST = 2;
const MERGED_AT_MOST = 20;

/** What was found for a text with what was found for its parts: all of the best come before all of the second. */
export function merged<T extends { entry: unknown }>(
  whole: readonly T[],
  parts: readonly (readonly T[])[],
): (T & { isBest?: boolean })[] {
  const found = new Map<unknown, T & { isBest?: boolean }>();
  const take = (one: T | undefined, isBest: boolean) => {
    if (one && !found.has(one.entry)) found.set(one.entry, isBest ? { ...one, isBest } : one);
  };
  for (const one of whole.slice(0, WHOLE_FIRST)) take(one, false);
  for (let place = 0; place < MERGED_AT_MOST && found.size < MERGED_AT_MOST; place += 1) {
    for (const part of parts) take(part[place], place === 0);
    take(whole[WHOLE_FIRST + place], false);
  }
  return [...found.values()];
}
