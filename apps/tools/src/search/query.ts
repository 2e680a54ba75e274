import { plainly, rawWordsOf, wordsOf } from '@patchbay/search';
import type { CatalogueIndex } from './catalogue.index.js';
import { intentOf, type Intent } from './intent.js';
import type { NamedToolkits } from './toolkit.names.js';

/** A query, read once however many indexes it is put to. */
export interface ReadQuery {
  text: string;
  /** Stems of the words that say something. */
  words: readonly string[];
  intent: Intent | undefined;
  toolkits: NamedToolkits;
  /** What the model is to read: without the names of toolkits, which say nothing of what is to be done. */
  sentence: string;
}

/** Reads a query by the words and toolkits of the indexes that it is put to. */
export function readQuery(text: string, indexes: readonly CatalogueIndex[]): ReadQuery {
  const raw = rawWordsOf(text);
  const isWord = (stem: string) => indexes.some(({ tools }) => tools.knows(stem));
  const named = indexes.map(({ names }) => names.findIn(raw, isWord));
  const rest = raw.filter((_, at) => !named.some(({ places }) => places.has(at)));
  const plain = plainly(rest);
  const words = wordsOf(plain.join(' '));
  return {
    text,
    // Nothing but the name of a toolkit: then its words are the query.
    words: words.length > 0 ? words : wordsOf(text),
    intent: intentOf(plain),
    toolkits: {
      slugs: new Set(named.flatMap(({ slugs }) => [...slugs])),
      areWords: named.every(({ areWords }) => areWords),
      areOwn: named.every(({ areOwn }) => areOwn),
    },
    sentence: rest.length > 0 ? rest.join(' ') : text,
  };
}

/** The toolkits that a text surely names and whose tools are not known yet. */
export function awaitingIn(text: string, index: CatalogueIndex): ReadonlySet<string> {
  return index.awaiting.findIn(rawWordsOf(text), (stem) => index.tools.knows(stem)).slugs;
}

/** Where one thing that is wanted ends and the next one begins. */
const ENDS =
  /[.;!?\n]+\s+|,?\s+(?:and then|then|and also|also|after that|finally|next|additionally)\b,?\s*|,\s+(?:and|but)\s+|\s+and\s+(?=[a-z]+\s+(?:the|a|an|my|me|all|it|for|to)\b)/i;
const BEGINNINGS = /^(?:and|also|then|next|after that|finally|additionally)\b,?\s*/i;
/** Less is no sentence of its own. */
const WORDS_OF_A_CLAUSE = 3;
const CLAUSES_AT_MOST = 5;

/** The parts of a text that may each want a tool of their own; none where it is one. */
export function clausesOf(text: string): string[] {
  const clauses = text
    .split(ENDS)
    .map((clause) => clause.replace(BEGINNINGS, ''))
    .filter((clause) => rawWordsOf(clause).length >= WORDS_OF_A_CLAUSE)
    .slice(0, CLAUSES_AT_MOST);
  return clauses.length > 1 ? clauses : [];
}
