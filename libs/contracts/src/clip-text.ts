/** The beginning of a text that is too long, never with half of a character at its end. */
export function clipText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  return `${text.slice(0, Math.max(maxCharacters - 1, 0)).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
