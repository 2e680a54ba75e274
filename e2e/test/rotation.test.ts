import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const script = fileURLToPath(new URL('../scripts/rotation.mjs', import.meta.url));

/** The short form of what `node e2e/scripts/rotation.mjs` does with a thousand generations. */
it('loses no account and uses no refresh token twice while auth is killed at random', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    '--generations=24',
    '--accounts=8',
    '--kills=2',
  ]);
  expect(stdout).toMatch(/^(2[4-9]|3\d) generations, 0 reused refresh tokens, 0 accounts lost$/m);
  expect(stdout).toMatch(/2 times auth was killed/);
}, 120_000);
