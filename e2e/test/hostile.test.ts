import { expect, it } from 'vitest';
import { printedBy } from '../support/scripts.js';

/** The short form of what `node e2e/hostile/run.mjs` does with every attack. */
it('stands what comes from outside: no attack gets what it must not, and no call of a neighbour fails', async () => {
  const printed = await printedBy('hostile/run.mjs', '--short');
  expect(printed).toMatch(/^[1-9]\d attacks; the neighbour's quiet p99 was /m);
  expect(printed).not.toMatch(/^FAILED/m);
}, 400_000);
