import { describe, expect, it } from '@jest/globals';
import { TestSum } from './test-sum.js';

const sum = (...chunks: string[]) => {
  const counter = new TestSum();
  for (const chunk of chunks) counter.add(chunk);
  return counter.end().toString();
};

describe('the sum of all tests', () => {
  it('adds up the summaries of several runs, behind the names turbo puts before them', () => {
    expect(
      sum(
        '@patchbay/auth:test: Tests:       12 passed, 12 total\n@patchbay/auth:test: Time:        1 s\n',
        '@patchbay/tools:test: Tests:       1 failed, 2 skipped, 1 todo, 3 passed, 7 total\n',
      ),
    ).toBe('15 passed, 1 failed, 3 skipped');
  });

  it('reads coloured output, lines cut by chunks, and a last line without an end', () => {
    expect(
      sum(
        '\u001b[1mTests:  \u001b[22m     \u001b[32m\u001b[1m5 pas',
        'sed\u001b[22m\u001b[39m, 5 total\nTests: 1 passed, 1 total',
      ),
    ).toBe('6 passed, 0 failed');
  });

  it('does not count suites, snapshots or what a test prints', () => {
    expect(
      sum(
        'Test Suites: 2 passed, 2 total\nSnapshots:   1 passed, 1 total\nexpected Tests: 9 passed, 9 total\nTests: many\n',
      ),
    ).toBe('0 passed, 0 failed');
  });
});
