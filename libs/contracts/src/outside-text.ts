/** At most so many characters of untrusted text go into an error, an event, a reason or a log line. */
export const OUTSIDE_TEXT_CHARACTERS = 500;

/** Control characters, halves of characters, and what turns the direction of the text that follows. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
const UNFIT_IN_LINES = /(?![\n\t])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/**
 * Words that came from outside (a provider's error, a server's name for something), fit to be shown, stored and
 * sent on: one line, without control characters, and of bounded length. What is no text is left out.
 */
export function outsideText(words: unknown, maxCharacters = OUTSIDE_TEXT_CHARACTERS): string {
  return fit(words, maxCharacters, UNFIT);
}

/** The same where lines mean something: what a failed tool says to its model. */
export function outsideLines(words: unknown, maxCharacters: number): string {
  return fit(words, maxCharacters, UNFIT_IN_LINES);
}

function fit(words: unknown, maxCharacters: number, unfit: RegExp): string {
  if (typeof words !== 'string') return '';
  // Cut before anything else looks at it: it may be megabytes.
  const isLonger = words.length > maxCharacters;
  const shown = isLonger ? words.slice(0, maxCharacters - 1) : words;
  const whole = shown.replace(unfit, ' ').trim();
  return isLonger ? `${whole}…` : whole;
}
