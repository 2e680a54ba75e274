import { expect, it } from 'vitest';
import { printedBy } from '../support/scripts.js';

/** The short form of what the script does with ten thousand calls. */
it('sends each call with exactly its own credential, through every door, while users race', async () => {
  const printed = await printedBy('scripts/credential-race.mjs', '--calls=400', '--users=5');
  expect(printed).toMatch(
    /^400 calls of 5 users through 23 doors: 400 with exactly their own credential, 0 mixed, 0 failed/m,
  );
  expect(Number(/(\d+) tokens were refreshed meanwhile/.exec(printed)?.[1])).toBeGreaterThan(0);
}, 150_000);
