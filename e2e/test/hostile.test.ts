import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../hostile/run.mjs', import.meta.url));

/** The short form of what `node e2e/hostile/run.mjs` does with every attack. */
it('stands what comes from outside: no attack gets what it must not, and no call of a neighbour fails', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--short']).catch(
    // The error's own message says only that it failed.
    (error: { stdout: string }) => error,
  );
  expect(stdout).toMatch(/^[1-9]\d attacks; the neighbour's quiet p99 was /m);
  expect(stdout).not.toMatch(/^FAILED/m);
}, 400_000);
