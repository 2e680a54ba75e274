import { DenseIndex } from './dense.index.js';
import { LexicalIndex, type SearchText } from './lexical.index.js';

/** What the index has to know of a tool. */
export interface IndexedTool extends SearchText {
  toolkit: string;
  /** One of its toolkit's most used. */
  important: boolean;
}

/** A query, read once however many indexes it is put to. */
export interface ReadQuery {
  words: readonly string[];
  /** The toolkits it names. */
  toolkits: ReadonlySet<string>;
  /** Its meaning, when there was a model to tell it. */
  vector: Int8Array | undefined;
}

/** A tool that may be meant, with what speaks for it. */
export interface Candidate {
  document: number;
  /** By its words: unbounded, comparable within one query. */
  words: number;
  /** By its meaning: the cosine. */
  meaning: number;
  /** What is known of it beforehand: more or less than 1. */
  prior: number;
}

/** Candidates of either kind. */
const CANDIDATES = 300;
/** A query that names a toolkit hardly ever means another. */
const OTHER_TOOLKIT = 0.25;
const IMPORTANT = 1.3;

/** The tools of one catalogue, found by words and by meaning. */
export class ToolIndex {
  private readonly lexical: LexicalIndex;
  private dense: DenseIndex | undefined;

  /** @param base the index beside which this one is asked: their scores compare */
  constructor(
    private readonly tools: readonly IndexedTool[],
    private readonly base?: ToolIndex,
  ) {
    this.lexical = new LexicalIndex(tools, base?.lexical);
  }

  /** Until then tools are found by words alone. */
  giveMeaning(vectors: Int8Array, dimensions: number): void {
    this.dense = new DenseIndex(vectors, dimensions, this.base?.dense);
  }

  /** @param allowed one byte a tool, 0 for those that must not be found */
  candidates(query: ReadQuery, allowed?: Uint8Array): Candidate[] {
    const { scores, documents } = this.lexical.match(query.words);
    const priors = (document: number) => this.priorOf(query, document);
    const byWords = strongest(
      allowed ? documents.filter((document) => allowed[document] !== 0) : documents,
      (document) => (scores[document] as number) * priors(document),
    );
    const { dense } = this;
    const { vector } = query;
    const byMeaning = dense && vector ? dense.near(vector, CANDIDATES, allowed) : [];
    return [...new Set([...byWords, ...byMeaning])].map((document) => ({
      document,
      words: scores[document] as number,
      meaning: dense && vector ? dense.similarity(vector, document) : 0,
      prior: priors(document),
    }));
  }

  private priorOf({ toolkits }: ReadQuery, document: number): number {
    const tool = this.tools[document] as IndexedTool;
    const named = toolkits.size === 0 || toolkits.has(tool.toolkit) ? 1 : OTHER_TOOLKIT;
    return named * (tool.important ? IMPORTANT : 1);
  }
}

/** How much the meaning counts beside the words. */
const MEANING_SHARE = 0.45;
/** Sentences that have nothing in common are still this near to each other. */
const UNRELATED = 0.25;

/** Scores candidates of one query, of however many indexes: 1 is as good as it gets. */
export function scorer(
  candidates: readonly Candidate[],
  hasMeaning: boolean,
): (candidate: Candidate) => number {
  const top = candidates.reduce((most, { words }) => Math.max(most, words), Number.EPSILON);
  const share = hasMeaning ? MEANING_SHARE : 0;
  return ({ words, meaning, prior }) => {
    const near = Math.max(0, (meaning - UNRELATED) / (1 - UNRELATED));
    return ((1 - share) * (words / top) + share * near) * prior;
  };
}

const BINS = 1024;

/** The few with the highest score, by counting: sorting them all would take longer than all the rest. */
function strongest(documents: number[], scoreOf: (document: number) => number): number[] {
  if (documents.length <= CANDIDATES) return documents;
  const scores = Float64Array.from(documents, scoreOf);
  const highest = scores.reduce((most, score) => Math.max(most, score), Number.EPSILON);
  const binOf = (score: number) => Math.min(BINS - 1, Math.floor((score / highest) * BINS));
  const counts = new Int32Array(BINS);
  for (const score of scores) counts[binOf(score)] = (counts[binOf(score)] as number) + 1;
  let lowest = BINS - 1;
  for (let sum = counts[lowest] as number; sum < CANDIDATES && lowest > 0; sum += counts[lowest] as number)
    lowest -= 1;
  return documents.filter((_, index) => binOf(scores[index] as number) >= lowest).slice(0, 2 * CANDIDATES);
}
