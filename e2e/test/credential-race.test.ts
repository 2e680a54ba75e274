import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** The short form of what the script does with ten thousand calls. */
it('sends each call with exactly its own credential, through every door, while users race', async () => {
  const script = fileURLToPath(new URL('../scripts/credential-race.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--calls=400', '--users=5']);
  expect(stdout).toMatch(
    /^400 calls of 5 users through 23 doors: 400 with exactly their own credential, 0 mixed, 0 failed/m,
  );
  expect(Number(/(\d+) tokens were refreshed meanwhile/.exec(stdout)?.[1])).toBeGreaterThan(0);
}, 150_000);
