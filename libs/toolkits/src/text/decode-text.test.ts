import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.js';

const WORDS = 'Grüße, „naïve“ 5 € — 日本';
const WESTERN = 'Grüße, “naïve” 5 €';
const JAPANESE = '{"name":"表示と日本語"}';

describe('a text from outside', () => {
  // The bytes in base64, as iconv writes the text.
  it.each([
    ['UTF-8 that says nothing', WORDS, 'R3LDvMOfZSwg4oCebmHDr3Zl4oCcIDUg4oKsIOKAlCDml6XmnKw=', 'text/plain'],
    [
      'UTF-8 with a mark',
      WORDS,
      '77u/R3LDvMOfZSwg4oCebmHDr3Zl4oCcIDUg4oKsIOKAlCDml6XmnKw=',
      'application/json',
    ],
    [
      'UTF-8 with a mark and another charset in the header',
      WORDS,
      '77u/R3LDvMOfZSwg4oCebmHDr3Zl4oCcIDUg4oKsIOKAlCDml6XmnKw=',
      'text/csv; charset=iso-8859-1',
    ],
    [
      'UTF-8 that says so in other words',
      WORDS,
      'R3LDvMOfZSwg4oCebmHDr3Zl4oCcIDUg4oKsIOKAlCDml6XmnKw=',
      'text/plain; charset="UTF8"',
    ],
    [
      'UTF-16, little end first, with a mark',
      WORDS,
      '//5HAHIA/ADfAGUALAAgAB4gbgBhAO8AdgBlABwgIAA1ACAArCAgABQgIADlZSxn',
      'text/plain',
    ],
    [
      'UTF-16, big end first, with a mark',
      WORDS,
      '/v8ARwByAPwA3wBlACwAICAeAG4AYQDvAHYAZSAcACAANQAgIKwAICAUACBl5Wcs',
      'text/plain',
    ],
    [
      'UTF-16 with a mark, called UTF-8',
      JAPANESE,
      '//57ACIAbgBhAG0AZQAiADoAIgBoiDp5aDDlZSxnnooiAH0A',
      'application/json; charset=utf-8',
    ],
    [
      'UTF-16 by its header, with a mark',
      WORDS,
      '/v8ARwByAPwA3wBlACwAICAeAG4AYQDvAHYAZSAcACAANQAgIKwAICAUACBl5Wcs',
      'text/plain; charset=utf-16',
    ],
    [
      'UTF-16LE by its header',
      WORDS,
      'RwByAPwA3wBlACwAIAAeIG4AYQDvAHYAZQAcICAANQAgAKwgIAAUICAA5WUsZw==',
      'text/plain; charset=utf-16le',
    ],
    [
      'UTF-16BE by its header',
      WORDS,
      'AEcAcgD8AN8AZQAsACAgHgBuAGEA7wB2AGUgHAAgADUAICCsACAgFAAgZeVnLA==',
      'text/plain; charset=UTF-16BE',
    ],
    [
      'UTF-16 by its header alone',
      WORDS,
      'AEcAcgD8AN8AZQAsACAgHgBuAGEA7wB2AGUgHAAgADUAICCsACAgFAAgZeVnLA==',
      'text/plain; charset=utf-16',
    ],
    [
      'JSON in UTF-16 that says nothing',
      JAPANESE,
      'ewAiAG4AYQBtAGUAIgA6ACIAaIg6eWgw5WUsZ56KIgB9AA==',
      'application/json',
    ],
    [
      'JSON in UTF-16 that says nothing, big end first',
      JAPANESE,
      'AHsAIgBuAGEAbQBlACIAOgAiiGh5OjBoZeVnLIqeACIAfQ==',
      'application/json',
    ],
    [
      'UTF-32 with a mark',
      WORDS,
      '//4AAEcAAAByAAAA/AAAAN8AAABlAAAALAAAACAAAAAeIAAAbgAAAGEAAADvAAAAdgAAAGUAAAAcIAAAIAAAADUAAAAgAAAArCAAACAAAAAUIAAAIAAAAOVlAAAsZwAA',
      'text/plain',
    ],
    ['latin-1 by its header', 'Grüße, naïve', 'R3L832UsIG5h73Zl', 'text/html; charset=ISO-8859-1'],
    ['Windows-1252, called latin-1', WESTERN, 'R3L832UsIJNuYe92ZZQgNSCA', 'text/plain; charset=latin1'],
    ['Windows-1252 by its header', WESTERN, 'R3L832UsIJNuYe92ZZQgNSCA', 'text/plain; charset=windows-1252'],
    ['Windows-1252 that says nothing', WESTERN, 'R3L832UsIJNuYe92ZZQgNSCA', 'text/plain'],
    ['JSON in latin-1 that says nothing', '{"name":"José"}', 'eyJuYW1lIjoiSm9z6SJ9', 'application/json'],
    [
      'JSON in latin-1 by its header',
      '{"name":"José"}',
      'eyJuYW1lIjoiSm9z6SJ9',
      'application/json;charset=ISO-8859-1',
    ],
    [
      'JSON in UTF-8, called latin-1',
      '{"name":"José"}',
      'eyJuYW1lIjoiSm9zw6kifQ==',
      'application/json; charset=ISO-8859-1',
    ],
    [
      'JSON in Shift_JIS by its header',
      JAPANESE,
      'eyJuYW1lIjoilVyOpoLGk/qWe4zqIn0=',
      'application/json; charset=Shift_JIS',
    ],
    [
      'Shift_JIS by its header',
      JAPANESE,
      'eyJuYW1lIjoilVyOpoLGk/qWe4zqIn0=',
      'text/plain; charset="shift_jis"',
    ],
    [
      'Shift_JIS by another of its names',
      JAPANESE,
      'eyJuYW1lIjoilVyOpoLGk/qWe4zqIn0=',
      "text/plain; charset='x-sjis'",
    ],
    ['EUC-JP by its header', JAPANESE, 'eyJuYW1lIjoiyb28qKTIxvzL3LjsIn0=', 'text/plain; charset=EUC-JP'],
    ['GBK, called GB2312', '简体中文', 'vPLM5dbQzsQ=', 'text/html; charset=gb2312'],
    ['Big5 by its header', '繁體中文', 'wWPF6aSkpOU=', 'text/html;charset=big5'],
    ['EUC-KR by its header', '한국어', 'x9Gxub7u', 'text/plain; charset=ks_c_5601-1987'],
    ['KOI8-R by its header', 'Привет', '8NLJ18XU', 'text/plain; charset=koi8-r'],
    ['Windows-1251 by its header', 'Привет', 'z/Do4uXy', 'text/csv; header=present; charset=cp1251'],
    [
      'a page in Shift_JIS that says so inside',
      '<html><head><meta charset="Shift_JIS"></head><body>日本</body></html>',
      'PGh0bWw+PGhlYWQ+PG1ldGEgY2hhcnNldD0iU2hpZnRfSklTIj48L2hlYWQ+PGJvZHk+k/qWezwvYm9keT48L2h0bWw+',
      'text/html',
    ],
    [
      'a page in EUC-JP that says so in the older way',
      '<html><head><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=euc-jp"></head><body>日本</body></html>',
      'PGh0bWw+PGhlYWQ+PE1FVEEgSFRUUC1FUVVJVj0iQ29udGVudC1UeXBlIiBDT05URU5UPSJ0ZXh0L2h0bWw7IGNoYXJzZXQ9ZXVjLWpwIj48L2hlYWQ+PGJvZHk+xvzL3DwvYm9keT48L2h0bWw+',
      'text/html',
    ],
    [
      'a page that says UTF-16 byte by byte',
      '<html><head><meta charset=utf-16></head><body>ü</body></html>',
      'PGh0bWw+PGhlYWQ+PG1ldGEgY2hhcnNldD11dGYtMTY+PC9oZWFkPjxib2R5PsO8PC9ib2R5PjwvaHRtbD4=',
      'text/html',
    ],
    [
      'a header over what the page says',
      '<html><head><meta charset=koi8-r></head><body>ü</body></html>',
      'PGh0bWw+PGhlYWQ+PG1ldGEgY2hhcnNldD1rb2k4LXI+PC9oZWFkPjxib2R5PsO8PC9ib2R5PjwvaHRtbD4=',
      'text/html; charset=utf-8',
    ],
    [
      'XML that says so inside',
      '<?xml version="1.0" encoding="windows-1251"?><a>Привет</a>',
      'PD94bWwgdmVyc2lvbj0iMS4wIiBlbmNvZGluZz0id2luZG93cy0xMjUxIj8+PGE+z/Do4uXyPC9hPg==',
      'application/xml',
    ],
    [
      'an unknown charset',
      WORDS,
      'R3LDvMOfZSwg4oCebmHDr3Zl4oCcIDUg4oKsIOKAlCDml6XmnKw=',
      'text/plain; charset=x-unheard-of',
    ],
    ['a charset that is a coding of bytes', 'aGk=', 'YUdrPQ==', 'text/plain; charset=base64'],
    [
      'a page of ASCII called ASCII that is Windows-1252',
      WESTERN,
      'R3L832UsIJNuYe92ZZQgNSCA',
      'text/plain; charset=us-ascii',
    ],
  ])('%s', (_, text, base64, contentType) => {
    expect(decodeText(Buffer.from(base64, 'base64'), contentType)).toBe(text);
  });

  it('ISO-2022-JP by its header', () => {
    const bytes = Buffer.from('\u001B$BF|K\\\u001B(B');
    expect(decodeText(bytes, 'text/plain; charset=iso-2022-jp')).toBe('日本');
  });

  it('is read as far as it goes when it was cut within a character', () => {
    expect(decodeText(Buffer.from('naïve 日本').subarray(0, -1), 'text/plain')).toBe('naïve 日\uFFFD');
  });

  it('may be empty', () => {
    expect(decodeText(new Uint8Array(), 'text/plain; charset=utf-16')).toBe('');
  });
});
