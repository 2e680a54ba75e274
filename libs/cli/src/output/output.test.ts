import { describe, expect, it } from 'vitest';
import { clean, jsonText, oneLine } from './clean.js';
import { tableLines } from './table.js';

const HOSTILE = 'a\u001b[2Jb\u009b31mc\u202edef\u2028g\r\nh\ti';

describe('text of others', () => {
  it('moves no cursor and turns no direction', () => {
    expect(clean(HOSTILE)).toBe('a\\u{1b}[2Jb\\u{9b}31mc\\u{202e}def\\u{2028}g\nh  i');
    expect(oneLine(HOSTILE)).toBe('a\\u{1b}[2Jb\\u{9b}31mc\\u{202e}def g h i');
    expect(oneLine('Grüße 👩‍👩‍👧 名前')).toBe('Grüße 👩‍👩‍👧 名前');
  });

  it('is the same in JSON, and harmless', () => {
    const text = jsonText({ text: HOSTILE });
    expect(JSON.parse(text)).toEqual({ text: HOSTILE });
    expect(text).toBe(clean(text));
    expect(jsonText(undefined)).toBe('null');
  });
});

describe('a table', () => {
  it('has its columns below each other, whatever letters are in them', () => {
    expect(tableLines([['NAME', 'ID'], ['名前', '1'], ['a', '2']], 80)).toEqual(['NAME  ID', '名前  1', 'a     2']); // prettier-ignore
  });

  it('cuts what is widest where it has no room', () => {
    const lines = tableLines([['slug_of_a_tool', 'A description that goes on and on', '7']], 40);
    expect(lines).toEqual(['slug_of_a_tool  A description that g…  7']);
    expect(tableLines([['slug_of_a_tool', 'A description']], 5)[0]).toBe('slug_of…  A descr…');
  });
});
