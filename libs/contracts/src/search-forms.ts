/**
 * How the words of a search are written in JSON: their quotes, backslashes and line ends escaped, and as they were
 * typed, in case it is JSON that was. A backslash that was typed stands for itself alone.
 */
export function formsInJson(words: string): string[] {
  const escaped = JSON.stringify(words.toWellFormed()).slice(1, -1);
  return words.includes('\\') || escaped === words ? [escaped] : [escaped, words];
}
