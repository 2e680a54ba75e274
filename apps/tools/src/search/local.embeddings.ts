import { setImmediate } from 'node:timers/promises';
import type { WordVectors } from '@patchbay/search';
import { quantise } from './dense.index.js';
import type { Embeddings, TextVectors } from './embeddings.js';

/** A few milliseconds of work, after which others have their turn. */
const TEXTS_AT_A_TIME = 250;

/** Embeddings by the word vectors that ship: some microseconds a text, so none is kept. */
export class LocalEmbeddings implements Embeddings {
  constructor(private readonly words: WordVectors) {}

  async ofQuery(text: string): Promise<Int8Array> {
    return quantise(this.words.sumOf(text));
  }

  async ofTexts(texts: readonly string[]): Promise<TextVectors> {
    const { dimensions } = this.words;
    const vectors = new Int8Array(texts.length * dimensions);
    for (const [index, text] of texts.entries()) {
      if (index % TEXTS_AT_A_TIME === 0) await setImmediate();
      vectors.set(quantise(this.words.sumOf(text)), index * dimensions);
    }
    return { vectors, dimensions };
  }
}
