import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** How much of a document is looked at for what it says of its own encoding; browsers look at a part of that. */
const HEAD_BYTES = 4_096;
const IN_HEAD = [
  /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w:.-]+)/i,
  /<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w:.-]+)/i,
];

/** What the library takes for encodings beside those of texts. */
const NO_CHARSETS = /^(base64|hex|binary|internal)$/i;
/** As the WHATWG has it: who says so means quotes and €, not the control characters that these have in their place. */
const AS_WINDOWS = /^(iso[-_]?8859[-_]?1|latin[-_]?1|l1|us-ascii|ascii)$/i;
const WINDOWS = 'windows-1252';

const MARKS: [encoding: string, mark: number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * Bytes as text in the encoding that they are in: what a byte order mark says, else the sender's header, else the
 * document itself, else UTF-8, and Windows-1252 where they are none. Never throws, and leaves the mark out.
 * @param contentType the sender's, with its parameters
 */
export function decodeText(bytes: Uint8Array, contentType = ''): string {
  return decode(bytes, encodingOf(bytes, contentType));
}

function encodingOf(bytes: Uint8Array, contentType: string): string {
  const declared = known(charsetOf(contentType));
  const evident = byMark(bytes) ?? byZeros(bytes);
  if (evident) return evident;
  // JSON is UTF-8 (RFC 8259, section 8.1), also where a server adds another charset to every type that it sends.
  if (/[/+]json\b/i.test(contentType) && isText(bytes)) return 'utf-8';
  return declared ?? saidInside(bytes) ?? (isText(bytes) ? 'utf-8' : WINDOWS);
}

function decode(bytes: Uint8Array, encoding: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (encoding !== 'utf-8') {
    return iconv.encodingExists(encoding)
      ? iconv.decode(buffer, encoding)
      : new TextDecoder(encoding).decode(buffer);
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return buffer.toString('utf8', hasMark ? 3 : 0);
}

function byMark(bytes: Uint8Array): string | undefined {
  const [first = 1] = bytes;
  // No text begins so in ASCII, as nearly every one does.
  if (first !== 0 && first < 0xef) return undefined;
  return MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
}

/** UTF-16 without a mark: of what begins with a character of ASCII, every other byte is none. */
function byZeros(bytes: Uint8Array): string | undefined {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return undefined;
  const [first, second, third, fourth] = bytes;
  if (first === 0 && second !== 0 && (third === undefined || third === 0)) return 'utf-16be';
  if (first !== 0 && second === 0 && (fourth === undefined || fourth === 0)) return 'utf-16le';
  return undefined;
}

/** Whether it is UTF-8, which other encodings hardly ever look like. It may have been cut within a character. */
function isText(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true;
  for (let cut = 1; cut <= 3; cut += 1) {
    const last = bytes.at(-cut) ?? 0;
    if (last < 0x80) return false;
    if (last >= 0xc0) return isUtf8(bytes.subarray(0, bytes.length - cut));
  }
  return false;
}

function saidInside(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const said = IN_HEAD.map((pattern) => pattern.exec(head)?.[1]).find((charset) => charset !== undefined);
  // What could be read byte by byte cannot be what it says then (HTML, section 13.2.3.2).
  return said && /^(utf-?16|utf-?32|ucs-?2)/i.test(said) ? 'utf-8' : known(said);
}

function charsetOf(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(contentType)?.[1];
}

function known(charset: string | undefined): string | undefined {
  if (!charset || NO_CHARSETS.test(charset)) return undefined;
  if (/^utf-?8$/i.test(charset)) return 'utf-8';
  if (AS_WINDOWS.test(charset)) return WINDOWS;
  return iconv.encodingExists(charset) || isOfPlatform(charset) ? charset : undefined;
}

/** The platform knows some more, of which ISO-2022-JP is in use, and is less exact with others. */
function isOfPlatform(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== '';
  } catch {
    return false;
  }
}
