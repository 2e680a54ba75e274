import { expect, it } from 'vitest';
import { printedBy } from '../support/scripts.js';

/** The short form of what the script does with a thousand calls in fifty sessions. */
it('answers every call of many sessions and leaves nothing, while sandboxes and the service are killed', async () => {
  const options = ['--calls=30', '--sessions=5', '--kills=2', '--restarts=1'];
  const printed = await printedBy('scripts/workbench-storm.mjs', ...options);
  expect(printed).toMatch(
    /^30 answered of 30 calls: \d+ right, \d+ failed saying why, 0 without an answer$/m,
  );
  expect(printed).toMatch(/^0 processes, 0 folders and 0 control groups were left behind$/m);
}, 150_000);
