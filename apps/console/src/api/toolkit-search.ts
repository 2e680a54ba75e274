/** What the API looks toolkits up by at least; a shorter text is still being typed. */
const LEAST = 3;

/** The `search` of a list of toolkits: none until enough is typed. */
export function toolkitSearch(text: string | undefined): { search?: string } {
  const word = text?.trim() ?? '';
  return word.length < LEAST ? {} : { search: word };
}
