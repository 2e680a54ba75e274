/** What changes the order of the text around it, or cannot be seen: control characters, bidi marks, fillers, blanks. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{DI}\p{Zl}\p{Zp}\u2800]/gu;
/** Marks heaped on one letter, which cover the lines above and below. */
const HEAPS = /(\p{M}{3})\p{M}+/gu;

const SEGMENTER = new Intl.Segmenter();

/**
 * A name or a sentence of a third party, as one line to show: nothing in it is invisible, reverses the line or breaks
 * it. Not for what a user agrees to, which has to be shown whole.
 */
export function oneLine(text: string, most = 100): string {
  const line = text
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(UNSEEN, '')
    .replaceAll(HEAPS, '$1')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  // Of a megabyte no more is segmented than can be shown.
  const characters = Array.from(SEGMENTER.segment(line.slice(0, most * 16)), ({ segment }) => segment);
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line;
}
