/** Turns sentences into vectors, near to each other when they mean the same. */
export interface Encoder {
  /** So many texts are best given to it at a time. */
  readonly batch: number;
  /** @returns one vector a text, of any length and all alike */
  encode(texts: readonly string[]): Promise<ArrayLike<number>[]>;
  close(): Promise<void>;
}
