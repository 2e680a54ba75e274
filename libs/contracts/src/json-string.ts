const BACKSLASH = 0x5c;

/**
 * The end of a string in a text of JSON.
 * @param start where its opening quote is
 * @returns where its closing quote is; the text's end where there is none
 */
export function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}
