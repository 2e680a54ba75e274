import { describe, expect, it } from 'vitest';
import { outsideLines, outsideText } from './outside-text.js';

describe('text from outside', () => {
  it('is left as it is while it is fit to be shown', () => {
    expect(outsideText('Zugriff verweigert: 日本語 👩‍👩‍👧')).toBe('Zugriff verweigert: 日本語 👩‍👩‍👧');
  });

  it('is one line without control characters, halves of characters and turned directions', () => {
    expect(outsideText('a\u0000b\r\nc\u001b[31md\u202Ee\u2066f\ud800g\u2028h\ufeff')).toBe(
      'a b  c [31md e f g h',
    );
  });

  it('keeps its lines where they mean something', () => {
    expect(outsideLines('a\n\tb\u0000c\rd', 100)).toBe('a\n\tb c d');
  });

  it('is cut, and never in the middle of a character', () => {
    expect(outsideText('x'.repeat(8_000_000))).toBe(`${'x'.repeat(499)}…`);
    expect(outsideText('👩'.repeat(10), 6)).toBe('👩👩 …'.replace(' …', '…'));
  });

  it('is empty for what is no text', () => {
    for (const value of [undefined, null, 7, { error: 'x' }, ['x']]) expect(outsideText(value)).toBe('');
  });
});
