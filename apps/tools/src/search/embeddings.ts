/** Where `Embeddings` are injected; undefined when the operator chose to search by words alone. */
export const EMBEDDINGS = Symbol('embeddings of texts');

/** Vectors of several texts, one after the other in one array. */
export interface TextVectors {
  vectors: Int8Array;
  dimensions: number;
}

/** What texts mean, as vectors of length one times 127: near to each other when they mean the same. */
export interface Embeddings {
  /** @returns undefined when there is none in time: the query is then searched by its words alone */
  ofQuery(text: string): Promise<Int8Array | undefined>;
  /** @returns undefined when there are none now */
  ofTexts(texts: readonly string[]): Promise<TextVectors | undefined>;
}
