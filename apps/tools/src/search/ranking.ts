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
  /** One of its toolkit's most used: 1, else 0. */
  important: number;
  /** Does what is wanted, of reading, writing and deleting: 1; does not: 0; in between where the query does not say. */
  fits: number;
  /** The cosine similarity of its embedding and the query's. */
  similarity: number;
  /** What is known of its toolkit: 1, less for one that the query does not name. */
  prior: number;
}

/** What a candidate's score is made of, each 0 to 1. */
export const FEATURES = ['words', 'covered', 'said', 'brevity', 'important', 'fits', 'similarity'] as const;
export type Weights = Record<(typeof FEATURES)[number], number>;

/** Fitted by `bench/search/fit.mjs` on one half of the labelled sentences. */
const WITH_EMBEDDINGS: Weights = {
  words: 0.131,
  covered: 0.188,
  said: 0.209,
  brevity: 0.104,
  important: 0.048,
  fits: 0.099,
  similarity: 0.22,
};
const BY_WORDS: Weights = {
  words: 0.169,
  covered: 0.249,
  said: 0.255,
  brevity: 0.152,
  important: 0.051,
  fits: 0.124,
  similarity: 0,
};

/** Nearer than this a sentence is about the same, whatever its words. */
const NEAR = 0.45;

/** Whether anything in the query speaks for the tool: a short name alone does not. */
export function isRelevant({ covered, similarity }: Candidate): boolean {
  return covered > 0 || similarity >= NEAR;
}

/** What of a candidate counts, in the order of `FEATURES`. */
export function featuresOf(candidate: Candidate, topWords: number): number[] {
  return FEATURES.map((feature) =>
    feature === 'words' ? candidate.words / topWords : Math.max(0, candidate[feature]),
  );
}

/** The highest score by words, against which all others of a query count. */
export function topWordsOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((most, { words, prior }) => Math.max(most, words * prior), Number.EPSILON);
}

/** Scores candidates of one query, of however many indexes: 1 is as good as it gets. */
export function scorer(candidates: readonly Candidate[]): (candidate: Candidate) => number {
  const hasEmbeddings = candidates.some(({ similarity }) => similarity !== 0);
  const top = topWordsOf(candidates);
  const weights = FEATURES.map((feature) => (hasEmbeddings ? WITH_EMBEDDINGS : BY_WORDS)[feature]);
  return (candidate) =>
    candidate.prior *
    featuresOf(candidate, top).reduce((sum, value, at) => sum + value * (weights[at] as number), 0);
}
