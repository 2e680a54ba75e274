/** A block of code, with the words that lead to it. */
const CODE = /(?:\b(?:(?:for|request) )?example(?: request body)?[:,]?\s*)?```[\s\S]{0,20000}?(?:```|$)/gi;

/** A provider's prose in one line: without markup, and cut at the end of a sentence where it is long. */
export function shorten(text: string, maxLength: number): string {
  const plain = text
    .slice(0, 20_000)
    .replace(CODE, ' ')
    .replace(/<\/?[a-zA-Z][^<>]{0,300}>/g, ' ')
    .replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}(?:\s"[^"]{0,200}")?\)/g, '$1')
    .replace(/[*_]{2}([^*_\n]{1,200})[*_]{2}/g, '$1')
    .replaceAll('**', '')
    .replace(/>\s*\[!\w{1,20}\]/g, ' ')
    .replace(/^\s*(?:#{1,6}|>)\s+/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= maxLength) return plain;
  const cut = plain.slice(0, maxLength);
  const sentence = cut.lastIndexOf('. ');
  if (sentence > maxLength / 3) return cut.slice(0, sentence + 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), maxLength / 2) - 1)}…`;
}

const MIN_DESCRIPTION = 25;
const MAX_DESCRIPTION = 600;

/** What a tool does, in sentences: its name, then what the document says more of it. */
export function describeOperation(name: string, description: string, request: string): string {
  const told = shorten(description, MAX_DESCRIPTION);
  const said = told.toLowerCase().startsWith(name.toLowerCase());
  const text = said ? told : [name, told].filter(Boolean).join('. ');
  const long = text.length >= MIN_DESCRIPTION ? text : `${text} (${request})`;
  const begun = /^[a-z]/.test(long) ? long.charAt(0).toUpperCase() + long.slice(1) : long;
  return ended(/^[A-Z]/.test(begun) ? begun : `Request ${begun}`);
}

function ended(text: string): string {
  return `${text.replace(/[\s.…:;,]+$/, '')}.`;
}

/** `repos/listForUser` as words: `Repos list for user`. */
export function wordsOfId(id: string): string {
  const words = id
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^a-zA-Z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
