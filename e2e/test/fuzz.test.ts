import { pythonForTests } from '@patchbay/testing';
import { expect, it } from 'vitest';
import { FOLDER, fuzz } from '../fuzz/run.mjs';
import { environment } from '../support/environment.js';

const made = await pythonForTests(FOLDER);

if ('missing' in made) {
  it.skipIf(true)(`the API was not fuzzed: ${made.missing}`, () => undefined);
} else {
  /** The short form of what `node e2e/scripts/schemathesis.mjs` does with each operation hundreds of times. */
  // The same requests again: what a busy machine had no time for is answered then, and a finding comes back.
  it(
    'takes what its document says, refuses what it does not, and answers as it says',
    { retry: 1, timeout: 180_000 },
    async () => {
      const report = await fuzz(made.python, environment, {
        phases: 'fuzzing',
        examples: 1,
        // The limits of the other tests are by their address. Only Linux has all of 127.0.0.0/8.
        ...(process.platform === 'linux' && { address: '127.0.0.77' }),
      });
      const { failures, errors, operations, output } = report;
      // What each of them is stands in the output.
      if (failures.length + errors.length > 0) throw new Error(output);
      expect(operations).toBeGreaterThan(120);
      expect(Object.keys(report.cases)).toHaveLength(operations);
    },
  );
}
