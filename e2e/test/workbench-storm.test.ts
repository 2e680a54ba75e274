import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** The short form of what the script does with a thousand calls in fifty sessions. */
it('answers every call of many sessions and leaves nothing, while sandboxes and the service are killed', async () => {
  const script = fileURLToPath(new URL('../scripts/workbench-storm.mjs', import.meta.url));
  const options = ['--calls=30', '--sessions=5', '--kills=2', '--restarts=1'];
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...options]);
  expect(stdout).toMatch(/^30 answered of 30 calls: \d+ right, \d+ failed saying why, 0 without an answer$/m);
  expect(stdout).toMatch(/^0 processes, 0 folders and 0 control groups were left behind$/m);
}, 150_000);
