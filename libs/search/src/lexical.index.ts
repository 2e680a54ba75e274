import { FIELD_NAMES, FIELDS, FIELDS_OF_OWN, type SearchText } from './fields.js';
import { Spelling } from './spelling.js';
import { expand } from './synonyms.js';
import { translate } from './translations.js';
import { isUnspaced, wordsOf } from './words.js';

/** How much a long field takes away from each of its words: BM25's b. */
const LENGTH_SHARE = 0.6;
/** How soon the same word said again counts for nothing more: BM25's k1. */
const SATURATION = 1.6;

interface WeighedTerm {
  term: string;
  sure: number;
  factor: number;
}

interface Postings {
  documents: Int32Array;
  /** The word's weight in the document, saturated: all of BM25F but the inverse document frequency. */
  weights: Float32Array;
}

/** What one word of a query may stand for in the index, with how sure that is. */
export interface Sense {
  word: string;
  terms: ReadonlyMap<string, number>;
}

/** How a word of a query was found in a document. */
export interface WordMatch {
  /** The query's, as a stem. */
  word: string;
  /** The document's, as a stem. */
  found: string;
  how: 'same' | 'synonym' | 'translation' | 'spelling';
  /** How sure that is: 0 to 1. */
  sure: number;
  fields: (keyof SearchText)[];
}

/** How well a query's words are found in each document; good until the index is asked again. */
export interface LexicalMatches {
  /** Sum over the query's words, by document. */
  scores: Float32Array;
  /** How much of the query a document has, by the rarity of its words: 0 to 1. */
  covered: Float32Array;
  /** The documents with a score, in no order. */
  documents: number[];
}

/**
 * BM25F over tools: words by field, their synonyms and their typing slips. Postings are typed arrays,
 * so that a query over 100,000 tools reads a few hundred kilobytes and allocates next to nothing.
 */
export class LexicalIndex {
  readonly size: number;
  private readonly postings: ReadonlyMap<string, Postings>;
  private readonly averages: Record<keyof SearchText, number>;
  private readonly spelling: Spelling;
  private readonly found: LexicalMatches;
  /** Of one word of a query at a time; nothing but zeros in between. */
  private readonly best: Float32Array;
  private readonly surest: Float32Array;

  /**
   * @param base asked beside this one, which is of tools that a project added: how rare a word is counts over both, so that
   * their scores compare
   */
  constructor(
    texts: readonly SearchText[],
    private readonly base?: LexicalIndex,
  ) {
    this.size = texts.length;
    const fields = texts.map(readFields);
    this.averages = averagesOf(fields);
    this.postings = this.buildPostings(fields);
    this.spelling = new Spelling(this.postings.keys());
    const { size } = this;
    // Made once: of 100,000 tools, a query would else leave megabytes to the garbage collector.
    this.found = { scores: new Float32Array(size), covered: new Float32Array(size), documents: [] };
    this.best = new Float32Array(size);
    this.surest = new Float32Array(size);
  }

  /** What each of a query's words may stand for. */
  sensesOf(words: readonly string[]): Sense[] {
    return [...new Set(words)]
      .map((word) => ({ word, terms: this.termsFor(word) }))
      .filter(({ word, terms }) => !isUnspaced(word) || [...terms.keys()].some((term) => this.knows(term)));
  }

  /**
   * Scores the documents for a query's words.
   * @param allowed one byte a document, 0 for those that need no score
   */
  match(senses: readonly Sense[], allowed?: Uint8Array): LexicalMatches {
    const { best, surest } = this;
    const { scores, covered, documents } = this.found;
    for (const document of documents) scores[document] = covered[document] = 0;
    documents.length = 0;
    const take = (terms: readonly WeighedTerm[], mass: number) => {
      const touched: number[] = [];
      for (const { term, sure, factor } of terms) {
        const found = this.postings.get(term);
        if (!found) continue;
        for (let at = 0; at < found.documents.length; at += 1) {
          const document = found.documents[at] as number;
          if (allowed && allowed[document] === 0) continue;
          const score = factor * (found.weights[at] as number);
          const before = best[document] as number;
          if (before === 0) touched.push(document);
          // A word and its synonyms say one thing: the best of them counts, not all.
          if (score > before) best[document] = score;
          if (sure > (surest[document] as number)) surest[document] = sure;
        }
      }
      for (const document of touched) {
        if (scores[document] === 0) documents.push(document);
        scores[document] = (scores[document] as number) + (best[document] as number);
        covered[document] = (covered[document] as number) + mass * (surest[document] as number);
        best[document] = 0;
        surest[document] = 0;
      }
    };
    const masses = senses.map(({ word }) => this.rarity(word));
    const whole = masses.reduce((sum, mass) => sum + mass, Number.EPSILON);
    for (const [index, { terms }] of senses.entries()) {
      const weighed = [...terms].map(([term, sure]) => ({ term, sure, factor: sure * this.rarity(term) }));
      take(weighed, (masses[index] as number) / whole);
    }
    return this.found;
  }

  /** How a query's words are found in a document of this index, whose text is given: of each, what gives most. */
  explain(senses: readonly Sense[], text: SearchText): WordMatch[] {
    const fields = readFields(text);
    const weights = this.weigh(fields);
    const gives = (term: string, sure: number) =>
      sure * this.rarity(term) * saturated(weights.get(term) ?? 0);
    return senses.flatMap(({ word, terms }) => {
      const [best] = [...terms]
        .filter(([term]) => weights.has(term))
        .toSorted((a, b) => gives(...b) - gives(...a));
      if (!best) return [];
      const [found, sure] = best;
      const there = FIELD_NAMES.filter((name) => fields[name].includes(found));
      return [{ word, found, how: howOf(word, found), sure, fields: there }];
    });
  }

  private termsFor(word: string): ReadonlyMap<string, number> {
    const expansion = expand(word);
    const translated = translate(word);
    if (translated.size > 0) return new Map([...translated, ...expansion]);
    if (expansion.size > 1 || this.knows(word)) return expansion;
    const near = this.spelling.near(word);
    return near.size > 0 ? near : expansion;
  }

  /** Whether the word stands anywhere in the index. */
  knows(word: string): boolean {
    return this.postings.has(word) || (this.base?.knows(word) ?? false);
  }

  /** Inverse document frequency. */
  rarity(term: string): number {
    const size = this.sizeOfAll;
    const having = this.havingOfAll(term);
    return Math.log(1 + (size - having + 0.5) / (having + 0.5));
  }

  private get sizeOfAll(): number {
    return this.size + (this.base?.sizeOfAll ?? 0);
  }

  private havingOfAll(term: string): number {
    return (this.postings.get(term)?.documents.length ?? 0) + (this.base?.havingOfAll(term) ?? 0);
  }

  private buildPostings(fields: readonly FieldWords[]): Map<string, Postings> {
    const lists = new Map<string, { documents: number[]; weights: number[] }>();
    for (const [document, field] of fields.entries()) {
      for (const [term, weight] of this.weigh(field)) {
        let list = lists.get(term);
        if (!list) lists.set(term, (list = { documents: [], weights: [] }));
        list.documents.push(document);
        list.weights.push(saturated(weight));
      }
    }
    const packed = new Map<string, Postings>();
    for (const [term, { documents, weights }] of lists) {
      packed.set(term, { documents: Int32Array.from(documents), weights: Float32Array.from(weights) });
    }
    return packed;
  }

  private weigh(fields: FieldWords): Map<string, number> {
    const weights = new Map<string, number>();
    const counts = this.base ? FIELDS_OF_OWN : FIELDS;
    for (const name of FIELD_NAMES) {
      const words = fields[name];
      const length = 1 - LENGTH_SHARE + (LENGTH_SHARE * words.length) / this.averages[name];
      for (const word of words) weights.set(word, (weights.get(word) ?? 0) + counts[name] / length);
    }
    return weights;
  }
}

function saturated(weight: number): number {
  return weight / (SATURATION + weight);
}

type FieldWords = Record<keyof SearchText, string[]>;

function readFields(text: SearchText): FieldWords {
  return Object.fromEntries(FIELD_NAMES.map((name) => [name, wordsOf(text[name])])) as FieldWords;
}

function howOf(word: string, found: string): WordMatch['how'] {
  if (word === found) return 'same';
  if (translate(word).has(found)) return 'translation';
  return expand(word).has(found) ? 'synonym' : 'spelling';
}

function averagesOf(fields: readonly FieldWords[]): Record<keyof SearchText, number> {
  const average = (name: keyof SearchText) =>
    fields.reduce((sum, field) => sum + field[name].length, 0) / Math.max(1, fields.length) || 1;
  return Object.fromEntries(FIELD_NAMES.map((name) => [name, average(name)])) as Record<
    keyof SearchText,
    number
  >;
}
