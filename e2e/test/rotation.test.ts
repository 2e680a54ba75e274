import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

async function printedBy(script: string, ...options: string[]): Promise<string> {
  const file = fileURLToPath(new URL(`../scripts/${script}`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...options]).catch(
    // What it counted says more than that it failed.
    (error: { stdout: string }) => error,
  );
  return stdout;
}

describe('a provider that accepts each refresh token once', () => {
  /** The short form of what the script does with a thousand generations. */
  it('loses no account and sees no token twice while auth is killed at random', async () => {
    const counts = await printedBy('rotation.mjs', '--generations=24', '--accounts=8', '--kills=2');
    expect(counts).toMatch(/^(2[4-9]|3\d) generations, 0 reused refresh tokens, 0 accounts lost$/m);
    expect(counts).toMatch(/2 times auth was killed/);
  }, 120_000);

  it('is asked once for 200 calls at once through two replicas of auth and tools, and all succeed', async () => {
    expect(await printedBy('one-refresh.mjs')).toBe(
      '200 calls, 200 succeeded, 1 refresh, 0 reused refresh tokens\n',
    );
  }, 120_000);
});
