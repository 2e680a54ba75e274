import { LexicalIndex, type SearchText, type WordMatch } from '@patchbay/search';
import { DenseIndex } from './dense.index.js';
import type { Intent } from './intent.js';
import type { ReadQuery } from './query.js';
import type { Candidate } from './ranking.js';
import { ToolNames } from './tool.names.js';
import type { NamedToolkits } from './toolkit.names.js';

/** What the index has to know of a tool. */
export interface IndexedTool extends SearchText {
  toolkit: string;
  toolkitName: string;
  /** One of its toolkit's most used, or of a toolkit that the project added itself. */
  important: boolean;
  /** Undefined where nothing says it. */
  operation: Intent | undefined;
}

/** Candidates of either kind. */
const CANDIDATES = 300;
/** So few are looked at one by one. */
const ALL_AT_MOST = 2_000;
/** A query that names a toolkit hardly ever means another, unless the name is a word of every day. */
const OTHER_TOOLKIT = 0.3;
const OTHER_THAN_A_WORD = 0.6;
const OTHER_THAN_OWN = 0.85;

/** The tools of one catalogue, found by words and by embeddings. */
export class ToolIndex {
  private readonly lexical: LexicalIndex;
  private readonly names: ToolNames;
  private readonly byToolkit = new Map<string, number[]>();
  private dense: DenseIndex | undefined;

  /** @param base the index beside which this one is asked: their scores compare */
  constructor(
    private readonly tools: readonly IndexedTool[],
    private readonly base?: ToolIndex,
  ) {
    this.lexical = new LexicalIndex(tools, base?.lexical);
    this.names = new ToolNames(
      tools.map(({ name, toolkitName }) => ({ name, unsaid: toolkitName })),
      (word) => this.lexical.rarity(word),
    );
    for (const [document, { toolkit }] of tools.entries()) {
      const documents = this.byToolkit.get(toolkit);
      if (documents) documents.push(document);
      else this.byToolkit.set(toolkit, [document]);
    }
  }

  /** Until then tools are found by words alone. */
  setVectors(vectors: Int8Array, dimensions: number): void {
    this.dense = new DenseIndex(vectors, dimensions, this.base?.dense);
  }

  get hasVectors(): boolean {
    return this.dense !== undefined;
  }

  /** Whether any tool says the word, which is a stem. */
  knows(word: string): boolean {
    return this.lexical.knows(word);
  }

  /**
   * @param embedding the query's, when there was a model for it
   * @param allowed one byte a tool, 0 for those that must not be found
   */
  candidates(query: ReadQuery, embedding: Int8Array | undefined, allowed?: Uint8Array): Candidate[] {
    // Of another model, they do not compare.
    const vector = embedding?.length === this.dense?.dimensions ? embedding : undefined;
    const { toolkits } = query;
    const inside = this.documentsOf(toolkits.slugs, allowed);
    // A toolkit that is surely meant is all that is looked at: of 100,000 tools, a few hundred.
    const isOnlyInside = inside.length > 0 && !toolkits.areWords;
    const insideMask = inside.length > 0 ? maskOf(inside, this.tools.length) : undefined;
    const senses = this.lexical.sensesOf(query.words);
    const { scores, covered, documents } = this.lexical.match(senses, isOnlyInside ? insideMask : allowed);
    const said = this.names.saidBy(senses);
    const similarity = this.similarityTo(vector);
    const describe = (document: number, prior: number, isNamed = false): Candidate => {
      const tool = this.tools[document] as IndexedTool;
      return {
        document,
        words: scores[document] as number,
        covered: covered[document] as number,
        said: said(document),
        brevity: this.names.brevity(document),
        important: tool.important ? 1 : 0,
        fits: fit(query.intent, tool.operation),
        similarity: similarity(document),
        prior,
        isNamed,
      };
    };
    const named = new Set(
      inside.length <= ALL_AT_MOST ? inside : this.select(vector, scores, documents, insideMask),
    );
    const found = [...named].map((document) => describe(document, 1, !toolkits.areOwn));
    if (isOnlyInside) return found;
    const prior = priorOfOthers(toolkits);
    for (const document of this.select(vector, scores, documents, allowed)) {
      if (!named.has(document)) found.push(describe(document, prior));
    }
    return found;
  }

  /** Where the words of a query stand in a tool. */
  explain(query: ReadQuery, document: number): WordMatch[] {
    return this.lexical.explain(this.lexical.sensesOf(query.words), this.tools[document] as IndexedTool);
  }

  /** What a tool does, where that is known. */
  operation(document: number): Intent | undefined {
    return this.tools[document]?.operation;
  }

  /** Those that are strongest by words, and those with the nearest embeddings. */
  private select(
    vector: Int8Array | undefined,
    scores: Float32Array,
    documents: readonly number[],
    allowed: Uint8Array | undefined,
  ): Set<number> {
    const byWords = strongest(
      allowed ? documents.filter((document) => allowed[document] !== 0) : documents,
      scores,
    );
    const bySimilarity = this.dense && vector ? this.dense.near(vector, CANDIDATES, allowed) : [];
    return new Set([...byWords, ...bySimilarity]);
  }

  private similarityTo(vector: Int8Array | undefined): (document: number) => number {
    const { dense } = this;
    return dense && vector ? (document) => dense.similarity(vector, document) : () => 0;
  }

  private documentsOf(toolkits: ReadonlySet<string>, allowed: Uint8Array | undefined): number[] {
    const documents = [...toolkits].flatMap((slug) => this.byToolkit.get(slug) ?? []);
    return allowed ? documents.filter((document) => allowed[document] !== 0) : documents;
  }
}

function priorOfOthers({ slugs, areWords, areOwn }: NamedToolkits): number {
  if (slugs.size === 0) return 1;
  if (areOwn) return OTHER_THAN_OWN;
  return areWords ? OTHER_THAN_A_WORD : OTHER_TOOLKIT;
}

/** Reading is told apart from writing better than writing from deleting. A query that only names a thing reads it. */
function fit(wanted: Intent | undefined, operation: Intent | undefined): number {
  if (!operation) return 0.5;
  if (!wanted) return operation === 'read' ? 0.7 : 0.4;
  if (wanted === operation) return 1;
  return wanted === 'read' || operation === 'read' ? 0 : 0.6;
}

function maskOf(documents: readonly number[], size: number): Uint8Array {
  const mask = new Uint8Array(size);
  for (const document of documents) mask[document] = 1;
  return mask;
}

const BINS = 1024;

/** The few with the highest score, by counting: sorting them all would take longer than all the rest. */
function strongest(documents: readonly number[], scores: Float32Array): readonly number[] {
  if (documents.length <= CANDIDATES) return documents;
  let highest = Number.EPSILON;
  for (const document of documents) highest = Math.max(highest, scores[document] as number);
  const binOf = (document: number) =>
    Math.min(BINS - 1, Math.floor(((scores[document] as number) / highest) * BINS));
  const counts = new Int32Array(BINS);
  for (const document of documents) {
    const bin = binOf(document);
    counts[bin] = (counts[bin] as number) + 1;
  }
  let lowest = BINS - 1;
  for (let sum = counts[lowest] as number; sum < CANDIDATES && lowest > 0; sum += counts[lowest] as number)
    lowest -= 1;
  return documents.filter((document) => binOf(document) >= lowest).slice(0, 2 * CANDIDATES);
}
