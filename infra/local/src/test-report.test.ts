import { describe, expect, it } from '@jest/globals';
import { TestReport } from './test-report.js';

const read = (...chunks: string[]) => {
  const report = new TestReport();
  for (const chunk of chunks) report.add(chunk);
  return report.end();
};

describe('the sum of all tests', () => {
  it('adds up the summaries of several runs, behind the names turbo puts before them', () => {
    expect(
      read(
        '@patchbay/auth:test: Tests:       12 passed, 12 total\n@patchbay/auth:test: Time:        1 s\n',
        '@patchbay/tools:test: Tests:       1 failed, 2 skipped, 1 todo, 3 passed, 7 total\n',
      ).sum,
    ).toBe('15 passed, 1 failed, 3 skipped');
  });

  it('reads coloured output, lines cut by chunks, and a last line without an end', () => {
    expect(
      read(
        '\u001b[1mTests:  \u001b[22m     \u001b[32m\u001b[1m5 pas',
        'sed\u001b[22m\u001b[39m, 5 total\nTests: 1 passed, 1 total',
      ).sum,
    ).toBe('6 passed, 0 failed');
  });

  it('does not count suites, snapshots or what a test prints', () => {
    expect(
      read(
        'Test Suites: 2 passed, 2 total\nSnapshots:   1 passed, 1 total\nexpected Tests: 9 passed, 9 total\nTests: many\n',
      ).sum,
    ).toBe('0 passed, 0 failed');
  });
});

describe('what failed', () => {
  const output = [
    'PASS src/good.test.ts',
    '  ● Console',
    '',
    '    console.warn',
    '      odd',
    '',
    '\u001b[31mFAIL\u001b[39m src/bad.test.ts (5.2 s)',
    '  group',
    '    ✕ fails (3 ms)',
    '',
    '  ● group › fails',
    '',
    '    expect(received).toBe(expected)',
    '',
    '      at src/bad.test.ts:3:1',
    '',
    '  ● group › fails too',
    '',
    '    Error: boom',
    '',
    'PASS src/other.test.ts',
    'Summary of all failing tests',
    'FAIL src/bad.test.ts',
    '  ● group › fails',
    '',
    '    expect(received).toBe(expected)',
    '',
    'Tests:       2 failed, 1 passed, 3 total',
    '',
  ]
    .map((line) => `@patchbay/auth:test: ${line}\n`)
    .join('');

  it('names each failed test once, with its file and its error, and nothing that passed', () => {
    expect(read(output).failures).toBe(
      [
        '@patchbay/auth:test: src/bad.test.ts ● group › fails',
        '',
        '    expect(received).toBe(expected)',
        '',
        '      at src/bad.test.ts:3:1',
        '',
        '@patchbay/auth:test: src/bad.test.ts ● group › fails too',
        '',
        '    Error: boom',
        '',
      ].join('\n'),
    );
    expect(read('@patchbay/auth:test: PASS src/good.test.ts\n').failures).toBe('');
  });

  it('stays short however much failed', () => {
    const many = Array.from({ length: 60 }, (_, index) => `  ● fails ${index}\n${'    line\n'.repeat(500)}`);
    const { failures } = read('FAIL src/bad.test.ts\n', ...many);
    expect(failures.split('\n').length).toBeLessThan(25 * 90);
    expect(failures).toContain('and 35 more');
  });
});
