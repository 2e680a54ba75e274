import { decodeText } from '@patchbay/toolkits';

const MAX_NAME_CHARACTERS = 255;
/** Whatever cannot be seen in a name, or turns it round. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu;
/** Parameters as they are sent: quoted, in quotes that never end, or bare with spaces in them. */
const PARAMETER = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\[^])*)"?|([^;]*))/g;
/** RFC 8187: charset, language, and the bytes in percents. */
const EXTENDED = /^([\w!#$%&+^`{}~-]*)'[^']*'(.*)$/s;
/** RFC 2047, as mail has it and some servers do. */
const ENCODED_WORD = /=\?([\w-]+)(?:\*[\w-]+)?\?([bq])\?([^?]*)\?=(?:\s+(?==\?))?/gi;

/**
 * The name that a sender gives a file (RFC 6266): `filename*` before `filename`, and what is usual beside the
 * standard: raw UTF-8, percents and encoded words in quotes, parts (RFC 2231), and paths, of which the last part
 * is the name.
 */
export function fileNameIn(disposition: string | undefined): string | undefined {
  if (!disposition) return undefined;
  const parameters = parametersOf(disposition);
  const candidates = [
    ...withParts(parameters, 'filename'),
    extended(parameters.get('filename*')),
    plain(parameters.get('filename')),
    ...withParts(parameters, 'name'),
    plain(parameters.get('name')),
  ];
  return candidates.map((name) => name && fit(name)).find((name) => name);
}

function parametersOf(disposition: string): Map<string, string> {
  const found = new Map<string, string>();
  // Some leave the type out, and begin with the name.
  const text = /^\s*filename\*?\s*=/i.test(disposition) ? `;${disposition}` : disposition;
  for (const [, name = '', quoted, bare] of text.matchAll(PARAMETER)) {
    const value = quoted === undefined ? (bare ?? '').trim() : unquoted(quoted);
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, value);
  }
  return found;
}

/** A path of Windows has backslashes that stand for themselves. */
function unquoted(text: string): string {
  return /^([a-z]:|\\)\\/i.test(text) ? text : text.replace(/\\([^])/g, '$1');
}

function extended(value: string | undefined): string | undefined {
  const [, charset = '', encoded] = (value && EXTENDED.exec(value)) || [];
  // Some write the name without saying its charset.
  if (encoded === undefined) return value === undefined ? undefined : plain(value);
  return decodeText(bytesOf(encoded, '%'), `;charset=${charset}`);
}

/** `filename*0`, `filename*1*` and so on, put together. */
function withParts(parameters: ReadonlyMap<string, string>, name: string): string[] {
  const parts: { text: string; isEncoded: boolean }[] = [];
  for (let index = 0; index < 100; index += 1) {
    const encoded = parameters.get(`${name}*${index}*`);
    const text = encoded ?? parameters.get(`${name}*${index}`);
    if (text === undefined) break;
    parts.push({ text, isEncoded: encoded !== undefined });
  }
  const [first] = parts;
  if (!first) return [];
  const [, charset = '', rest] = (first.isEncoded && EXTENDED.exec(first.text)) || [];
  if (rest !== undefined) first.text = rest;
  const bytes = parts.map(({ text, isEncoded }) => (isEncoded ? bytesOf(text, '%') : Buffer.from(text)));
  return [decodeText(Buffer.concat(bytes), `;charset=${charset}`)];
}

function plain(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = asUnicode(value).replace(ENCODED_WORD, (_, charset: string, coding: string, word: string) => {
    const bytes =
      coding.toLowerCase() === 'b' ? Buffer.from(word, 'base64') : bytesOf(word.replaceAll('_', ' '), '=');
    return decodeText(bytes, `;charset=${charset}`);
  });
  // As browsers do, where it stands for more than itself.
  if (!/%([89a-f][0-9a-f]|20)/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Headers come byte by byte, or as the UTF-8 that they are. */
function asUnicode(text: string): string {
  return /^[\0-\xff]*$/.test(text) && /[\x80-\xff]/.test(text)
    ? decodeText(Buffer.from(text, 'latin1'), 'text/plain')
    : text;
}

function bytesOf(text: string, sign: '%' | '='): Buffer {
  const escapes = sign === '%' ? /%([0-9a-f]{2})/gi : /=([0-9a-f]{2})/gi;
  const binary = Buffer.from(text)
    .toString('latin1')
    .replace(escapes, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(binary, 'latin1');
}

function fit(name: string): string {
  const last = name.split(/[\\/]/).filter(Boolean).at(-1) ?? '';
  const clean = last.replace(UNFIT, '').trim();
  if (/^\.*$/.test(clean)) return '';
  const ending = /\.\w{1,10}$/.exec(clean)?.[0] ?? '';
  return clean.length <= MAX_NAME_CHARACTERS
    ? clean
    : clean.slice(0, MAX_NAME_CHARACTERS - ending.length).toWellFormed() + ending;
}
