import { describe, expect, it } from 'vitest';
import { charactersOf, previewOf } from './preview.js';

describe('the preview of a large result', () => {
  it('keeps the shape, and cuts long lists and texts', () => {
    const value = {
      ok: true,
      rows: Array.from({ length: 100 }, (_, id) => ({ id })),
      text: 'x'.repeat(5_000),
    };
    expect(previewOf(value, 20_000)).toEqual({
      ok: true,
      rows: [{ id: 0 }, { id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }, '...95 more items'],
      text: `${'x'.repeat(1_000)}...4000 more characters`,
    });
  });

  it('cuts deeper when that is not enough, and ends in how it begins', () => {
    const texts = Array.from({ length: 9 }, () => 'x'.repeat(900));
    expect(previewOf({ texts }, 1_000)).toEqual({
      texts: [
        `${'x'.repeat(200)}...700 more characters`,
        `${'x'.repeat(200)}...700 more characters`,
        '...7 more items',
      ],
    });
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, index]));
    expect(charactersOf(previewOf(wide, 300))).toBeLessThan(400);
    expect(previewOf(wide, 300)).toHaveProperty('beginning');
  });
});
