/** More than real requests have, and what recursive code can follow. */
const MAX_DEPTH = 100;
/** A list of this many numbers is a megabyte; as objects in memory they are many times that. */
const MAX_VALUES = 500_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Looks at JSON before it is parsed. What it lets through cannot end a recursion by its depth, or blow up in memory.
 * @throws Error of the framework's form with status 400
 */
export function requireWithinJsonLimits(text: string): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case COMMA:
        values += 1;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth += 1;
        values += 1;
        if (depth > MAX_DEPTH) throw refusal(`The body is nested deeper than ${MAX_DEPTH} levels.`);
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth -= 1;
        break;
      default:
    }
  }
  if (values > MAX_VALUES) throw refusal(`The body holds more than ${MAX_VALUES} values.`);
}

/** @returns where the string's closing quote is; the text's end where there is none */
function endOfString(text: string, start: number): number {
  let at = start;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at === -1) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}

function refusal(message: string): Error {
  return Object.assign(new Error(message), { statusCode: 400 });
}
