import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SHIPPED_TOOLKITS } from '../catalogue.js';
import { MOST_USED } from '../popularity.js';
import { listMostUsed } from './most-used-list.js';

const file = new URL('../../../../docs/most-used-toolkits.md', import.meta.url);

it('what the documentation says of the toolkits that are used most is so (npm run toolkit:import -- --table)', () => {
  expect(readFileSync(file, 'utf8')).toBe(listMostUsed(SHIPPED_TOOLKITS, MOST_USED));
});

it('250 toolkits and more ship, and 110 and more of the 150 that are used most', () => {
  const shipped = new Set(SHIPPED_TOOLKITS.map(({ slug }) => slug));
  expect(shipped.size).toBeGreaterThanOrEqual(250);
  expect(MOST_USED.toolkits.filter(([slug]) => shipped.has(slug)).length).toBeGreaterThanOrEqual(110);
});

it('of each that is used most and does not ship it says why, and of no other', () => {
  const shipped = new Set(SHIPPED_TOOLKITS.map(({ slug }) => slug));
  const missing = MOST_USED.toolkits.map(([slug]) => slug).filter((slug) => !shipped.has(slug));
  expect(Object.keys(MOST_USED.notServed).sort()).toEqual(missing.sort());
});
