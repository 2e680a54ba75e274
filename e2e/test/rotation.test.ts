import { describe, expect, it } from 'vitest';
import { printedBy } from '../support/scripts.js';

describe('a provider that accepts each refresh token once', () => {
  /** The short form of what the script does with a thousand generations. */
  it('loses no account and sees no token twice while auth is killed at random', async () => {
    const counts = await printedBy('scripts/rotation.mjs', '--generations=24', '--accounts=8', '--kills=2');
    expect(counts).toMatch(/^(2[4-9]|3\d) generations, 0 reused refresh tokens, 0 accounts lost$/m);
    expect(counts).toMatch(/2 times auth was killed/);
  }, 120_000);

  it('is asked once for 200 calls at once through two replicas of auth and tools, and all succeed', async () => {
    expect(await printedBy('scripts/one-refresh.mjs')).toBe(
      '200 calls, 200 succeeded, 1 refresh, 0 reused refresh tokens\n',
    );
  }, 120_000);
});
