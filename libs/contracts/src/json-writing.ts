/** What `writeJson` is told by the values that it cannot have written by `JSON.stringify`. */
export interface Writing {
  /** Begins the texts that stand in place of such values. */
  readonly mark: string;
  hasNumbers: boolean;
  /** Raw JSON, in the order in which it stands in the text. */
  readonly raws: string[];
}

let writing: Writing | undefined;

/** For `toJSON` methods; undefined while `JSON.stringify` is called by others. */
export function currentWriting(): Writing | undefined {
  return writing;
}

/** @returns the JSON with marks in it, and what they stand for */
export function stringifyMarked(
  mark: string,
  value: unknown,
  indentation?: number,
): Pick<Writing, 'hasNumbers' | 'raws'> & { text: string } {
  const own: Writing = { mark, hasNumbers: false, raws: [] };
  writing = own;
  try {
    const text = JSON.stringify(value, undefined, indentation);
    return { text, hasNumbers: own.hasNumbers, raws: own.raws };
  } finally {
    writing = undefined;
  }
}
