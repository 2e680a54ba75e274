export type { SearchText } from './fields.js';
export { LexicalIndex, type LexicalMatches, type Sense, type WordMatch } from './lexical.index.js';
export { plainly } from './phrases.js';
export { distanceWithin } from './spelling.js';
export { WordVectors } from './word.vectors.js';
export { rawWordsOf, stemOf, wordsOf } from './words.js';
