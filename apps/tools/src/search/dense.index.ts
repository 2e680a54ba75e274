/** Candidates are found by their codes and then measured by their vectors. */
const BITS_PER_WORD = 32;

/**
 * Sentence vectors, one a tool, kept as bytes. The nearest are found in two steps: one bit a dimension
 * (its sign) over all tools, then the bytes of those few that are near by that. 20,000 tools take
 * under a millisecond, where all bytes would take twenty.
 */
export class DenseIndex {
  readonly size: number;
  private readonly codes: Int32Array;
  private readonly codeWords: number;
  private readonly mean: Float32Array;
  /** Of the query at hand: made once, as 100,000 tools would else leave megabytes a query to the garbage collector. */
  private readonly distances: Uint16Array;

  /** @param vectors `size` times `dimensions` bytes, of vectors of length one times 127 */
  constructor(
    private readonly vectors: Int8Array,
    readonly dimensions: number,
    base?: DenseIndex,
  ) {
    this.size = vectors.length / dimensions;
    this.codeWords = Math.ceil(dimensions / BITS_PER_WORD);
    // Sentences have much in common; what a sign says of one is which side of the mean it is on.
    this.mean = base?.mean ?? meanOf(vectors, dimensions);
    this.codes = new Int32Array(this.size * this.codeWords);
    this.distances = new Uint16Array(this.size);
    for (let document = 0; document < this.size; document += 1) {
      const vector = vectors.subarray(document * dimensions, (document + 1) * dimensions);
      this.codes.set(this.encode(vector), document * this.codeWords);
    }
  }

  /** The documents nearest by their codes. */
  near(query: Int8Array, limit: number, allowed?: Uint8Array): number[] {
    const code = this.encode(query);
    const { codes, codeWords, size, distances } = this;
    const histogram = new Int32Array(codeWords * BITS_PER_WORD + 1);
    for (let document = 0, at = 0; document < size; document += 1, at += codeWords) {
      if (allowed && allowed[document] === 0) continue;
      let distance = 0;
      for (let word = 0; word < codeWords; word += 1) {
        distance += bitsSet((codes[at + word] as number) ^ (code[word] as number));
      }
      distances[document] = distance;
      histogram[distance] = (histogram[distance] as number) + 1;
    }
    const furthest = distanceOfNearest(histogram, limit);
    const found: number[] = [];
    for (let document = 0; document < size && found.length < limit; document += 1) {
      if (allowed && allowed[document] === 0) continue;
      if ((distances[document] as number) <= furthest) found.push(document);
    }
    return found;
  }

  /** Cosine of the angle between the query and a document. */
  similarity(query: Int8Array, document: number): number {
    const { vectors, dimensions } = this;
    let sum = 0;
    for (let at = 0, from = document * dimensions; at < dimensions; at += 1, from += 1) {
      sum += (query[at] as number) * (vectors[from] as number);
    }
    return sum / (127 * 127);
  }

  private encode(vector: Int8Array): Int32Array {
    const code = new Int32Array(this.codeWords);
    for (let at = 0; at < this.dimensions; at += 1) {
      if ((vector[at] as number) > (this.mean[at] as number)) {
        const word = at >>> 5;
        code[word] = (code[word] as number) | (1 << (at & 31));
      }
    }
    return code;
  }
}

/** A vector brought to length one and to bytes. */
export function quantise(vector: ArrayLike<number>): Int8Array {
  let squares = 0;
  for (let at = 0; at < vector.length; at += 1) squares += (vector[at] as number) * (vector[at] as number);
  const scale = 127 / (Math.sqrt(squares) || 1);
  const bytes = new Int8Array(vector.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.round((vector[at] as number) * scale);
  return bytes;
}

function meanOf(vectors: Int8Array, dimensions: number): Float32Array {
  const mean = new Float32Array(dimensions);
  for (let at = 0; at < vectors.length; at += 1) {
    const dimension = at % dimensions;
    mean[dimension] = (mean[dimension] as number) + (vectors[at] as number);
  }
  const size = Math.max(1, vectors.length / dimensions);
  return mean.map((sum) => sum / size);
}

/** How far away the nearest `limit` are. */
function distanceOfNearest(histogram: Int32Array, limit: number): number {
  let count = 0;
  for (let distance = 0; distance < histogram.length; distance += 1) {
    count += histogram[distance] as number;
    if (count >= limit) return distance;
  }
  return histogram.length;
}

/** Counting bits in parallel, as in Warren's Hacker's Delight. */
function bitsSet(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
