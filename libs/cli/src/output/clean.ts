/*
 * Names, errors and answers come from providers, from users, from whoever wrote a toolkit. On a terminal a control character among
 * them could move the cursor, change what was shown before, or turn the direction of what follows.
 */
const CONTROL = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/** Text as it may be shown: control characters are spelled out, and lines stay. */
export function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\t', '  ').replace(CONTROL, spelledOut);
}

/** The same in one line. */
export function oneLine(text: string): string {
  return clean(text.replaceAll(/\s+/g, ' ').trim());
}

/** JSON in which control characters are escaped, also those that JSON would let through. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent) ?? 'null';
  return text.replace(CONTROL, escaped);
}

function spelledOut(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

function escaped(character: string): string {
  return `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;
}
