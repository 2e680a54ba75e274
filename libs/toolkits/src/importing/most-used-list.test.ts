import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SHIPPED_TOOLKITS } from '../catalogue.js';
import { MOST_USED } from '../popularity.js';
import { listMostUsed } from './most-used-list.js';

const file = new URL('../../../../docs/most-used-toolkits.md', import.meta.url);

it('what the documentation says of the toolkits that are used most is so (npm run toolkit:import -- --table)', () => {
  expect(readFileSync(file, 'utf8')).toBe(listMostUsed(SHIPPED_TOOLKITS, MOST_USED));
});

it('150 toolkits and more ship', () => {
  expect(SHIPPED_TOOLKITS.length).toBeGreaterThanOrEqual(150);
});
