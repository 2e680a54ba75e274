import { describe, expect, it } from 'vitest';
import { oneLine } from './one-line.js';

describe('oneLine', () => {
  it.each([
    ['Claude Code', 'Claude Code'],
    ['Größe 42 – 日本語 שלום', 'Größe 42 – 日本語 שלום'],
    ['two\nlines\r\n\tand  blanks\u00a0here', 'two lines and blanks here'],
    ['evil\u202egro.buhtig\u202c', 'evilgro.buhtig'],
    ['Git\u200bHub\u2066\ufeff', 'GitHub'],
    ['\u3164\u2800\u115f', ''],
    ['Z\u0300\u0301\u0302\u0303\u0304\u0305algo', 'Z\u0300\u0301\u0302algo'],
    ['\u0000\u001b[31mred', '[31mred'],
  ])('shows %j as %j', (text, shown) => {
    expect(oneLine(text)).toBe(shown);
  });

  it('is cut between characters, and says so', () => {
    expect(oneLine('😀'.repeat(20), 10)).toBe(`${'😀'.repeat(9)}…`);
  });
});
