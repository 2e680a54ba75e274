import { pythonForTests } from '@patchbay/testing';
import { describe, expect, it } from 'vitest';
import { planOf, type Operation } from '../fuzz/plan.mjs';
import { FOLDER, fuzz } from '../fuzz/run.mjs';
import { environment } from '../support/environment.js';

describe('the plan of the long form', () => {
  const phases = ['examples', 'coverage', 'fuzzing', 'stateful'];
  const operation = (operationId: string, tag: string, ...links: string[]): Operation => ({
    operationId,
    tags: [tag],
    responses: { 200: { links: Object.fromEntries(links.map((id) => [id, { operationId: id }])) } },
  });
  const paths = {
    '/things': { post: operation('createThing', 'Things', 'getThing', 'runThing') },
    '/things/{id}': { get: operation('getThing', 'Things') },
    '/runs/{id}': { post: operation('runThing', 'Runs') },
    '/health': { get: operation('getHealth', 'Health') },
  };

  it('has each operation once by itself, and in sequence with what its links lead to and from', () => {
    expect(planOf({ paths }, { phases, only: '' })).toEqual([
      { name: 'Things 1', phases: 'examples,coverage,fuzzing', operations: ['createThing', 'getThing'] },
      { name: 'Runs 1', phases: 'examples,coverage,fuzzing', operations: ['runThing'] },
      { name: 'Health 1', phases: 'examples,coverage,fuzzing', operations: ['getHealth'] },
      { name: 'Things in sequence', phases: 'stateful', operations: ['createThing', 'getThing', 'runThing'] },
      { name: 'Runs in sequence', phases: 'stateful', operations: ['createThing', 'runThing'] },
    ]);
  });

  it('leaves out what is not asked for', () => {
    const units = planOf({ paths }, { phases: ['coverage'], only: 'Thing$' });
    expect(units.map(({ name, phases: tried }) => [name, tried])).toEqual([
      ['Things 1', 'coverage'],
      ['Runs 1', 'coverage'],
    ]);
  });
});

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
