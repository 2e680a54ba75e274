import { describe, expect, it } from 'vitest';
import { newWordId } from './word-id.js';

describe('newWordId', () => {
  it('begins with the toolkit and can be told apart by eye', () => {
    for (let made = 0; made < 200; made += 1) {
      expect(newWordId('google_sheets')).toMatch(/^google_sheets_[a-z]+-[a-z]+-[a-z0-9]{1,5}$/);
    }
  });

  it('hardly ever says the same twice in a project with tens of thousands of accounts', () => {
    const made = new Set(Array.from({ length: 30_000 }, () => newWordId('github')));
    expect(made.size).toBeGreaterThan(29_990);
  });
});
