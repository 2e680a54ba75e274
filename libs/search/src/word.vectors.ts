import { readFile } from 'node:fs/promises';
import { rawWordsOf } from './words.js';

/** Made by `libs/search/distil/distil.py`, which says of what. */
const SHIPPED = new URL('../data/word.vectors', import.meta.url);
/** Before a piece that does not begin its word. */
const INSIDE = '##';
const LONGEST_PIECE = 20;
/** No real word is longer; strings of random characters would only take time. */
const LONGEST_WORD = 64;

/**
 * Vectors of words, and of pieces of words for those that it does not know. They were learned such that the mean of a
 * sentence's words lies where a sentence model puts the sentence: what means the same is near, in other words, too.
 */
export class WordVectors {
  private constructor(
    readonly dimensions: number,
    private readonly places: ReadonlyMap<string, number>,
    /** How much one step of a piece's bytes is. */
    private readonly scales: Float32Array,
    private readonly bytes: Int8Array,
  ) {}

  /**
   * Reads a line with the number of pieces and of dimensions, the pieces, a line each, their scales (float32, little
   * endian) and their vectors (int8).
   * @throws when the file is not whole
   */
  static async read(file: URL = SHIPPED): Promise<WordVectors> {
    const content = await readFile(file);
    const headerEnd = content.indexOf('\n') + 1;
    const [count = NaN, dimensions = NaN] = content.toString('utf8', 0, headerEnd).split(' ').map(Number);
    const scalesAt = content.length - count * (Float32Array.BYTES_PER_ELEMENT + dimensions);
    const pieces = scalesAt > headerEnd ? content.toString('utf8', headerEnd, scalesAt).split('\n') : [];
    // The last line ends, too.
    if (pieces.length !== count + 1) throw new Error(`${file.pathname} is not a whole file of word vectors`);
    const places = new Map(pieces.slice(0, count).map((piece, place) => [piece, place]));
    const scales = Float32Array.from({ length: count }, (_, at) => content.readFloatLE(scalesAt + 4 * at));
    return new WordVectors(dimensions, places, scales, new Int8Array(content.subarray(scalesAt + 4 * count)));
  }

  /** The sum of the vectors of a text's words, of any length: nothing but zeros when it knows none of them. */
  sumOf(text: string): Float32Array {
    const sum = new Float32Array(this.dimensions);
    for (const word of rawWordsOf(text)) this.addWord(sum, word.slice(0, LONGEST_WORD));
    return sum;
  }

  /** A word that is not known whole is cut into the longest pieces that are, from its beginning on. */
  private addWord(sum: Float32Array, word: string): void {
    for (let at = 0; at < word.length;) {
      let end = Math.min(word.length, at + LONGEST_PIECE);
      let place: number | undefined;
      while (
        end > at &&
        (place = this.places.get((at > 0 ? INSIDE : '') + word.slice(at, end))) === undefined
      ) {
        end -= 1;
      }
      if (place !== undefined) this.add(sum, place);
      at = Math.max(end, at + 1);
    }
  }

  private add(sum: Float32Array, place: number): void {
    const { bytes } = this;
    const scale = this.scales[place] as number;
    for (let at = 0, from = place * sum.length; at < sum.length; at += 1, from += 1) {
      sum[at] = (sum[at] as number) + scale * (bytes[from] as number);
    }
  }
}
