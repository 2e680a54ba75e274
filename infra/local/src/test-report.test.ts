import { describe, expect, it } from 'vitest';
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
        '@patchbay/auth:test:       Tests  12 passed (12)\n@patchbay/auth:test:    Duration  1.00s\n',
        '@patchbay/tools:test:       Tests  1 failed | 3 passed | 2 skipped | 1 todo (7)\n',
      ).sum,
    ).toBe('15 passed, 1 failed, 3 skipped');
  });

  it('reads coloured output, lines cut by chunks, and a last line without an end', () => {
    expect(
      read(
        '\u001b[2m      Tests \u001b[22m \u001b[1m\u001b[32m5 pas',
        'sed\u001b[39m\u001b[22m\u001b[90m (5)\u001b[39m\n      Tests  1 passed (1)',
      ).sum,
    ).toBe('6 passed, 0 failed');
  });

  it('does not count files, runs without tests or what a test prints', () => {
    expect(
      read(' Test Files  2 passed (2)\n      Tests  no tests\nTests  9 passed (9)\n      Tests  many\n').sum,
    ).toBe('0 passed, 0 failed');
  });
});

describe('what failed', () => {
  const output = [
    ' ✓ src/good.test.ts (1 test) 3ms',
    ' ❯ src/bad.test.ts (3 tests | 2 failed) 15ms',
    '     × fails 11ms',
    '',
    '⎯⎯⎯⎯⎯⎯⎯ Failed Tests 2 ⎯⎯⎯⎯⎯⎯⎯',
    '',
    '\u001b[41m\u001b[1m FAIL \u001b[22m\u001b[49m src/bad.test.ts\u001b[2m > \u001b[22mgroup\u001b[2m > \u001b[22mfails',
    'AssertionError: expected 1 to be 2',
    ' ❯ src/bad.test.ts:3:1',
    '',
    '⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[1/2]⎯',
    '',
    ' FAIL  src/bad.test.ts > group > fails too',
    'Error: boom',
    '',
    '⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[2/2]⎯',
    '',
    '⎯⎯⎯⎯⎯⎯ Unhandled Errors ⎯⎯⎯⎯⎯⎯',
    'Error: nobody waited for this',
    '',
    '⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯',
    '      Tests  2 failed | 1 passed (3)',
    '',
  ]
    .map((line) => `@patchbay/auth:test: ${line}\n`)
    .join('');

  it('names each failed test once, with its file and its error, and nothing that passed', () => {
    expect(read(output).failures).toBe(
      [
        '@patchbay/auth:test: src/bad.test.ts > group > fails',
        'AssertionError: expected 1 to be 2',
        ' ❯ src/bad.test.ts:3:1',
        '',
        '@patchbay/auth:test: src/bad.test.ts > group > fails too',
        'Error: boom',
        '',
        '@patchbay/auth:test: Unhandled Errors',
        'Error: nobody waited for this',
        '',
      ].join('\n'),
    );
    expect(read('@patchbay/auth:test:  ✓ src/good.test.ts (1 test) 3ms\n').failures).toBe('');
  });

  it('keeps apart what workspaces write side by side', () => {
    const lines = [
      '@patchbay/auth:test:  FAIL  src/bad.test.ts > fails',
      '@patchbay/e2e:test:  ✓ test/good.test.ts (1 test) 3ms',
      '@patchbay/auth:test: Error: boom',
      '@patchbay/e2e:test:  FAIL  test/bad.test.ts > fails',
      '@patchbay/auth:test: ⎯⎯⎯⎯⎯⎯⎯[1/1]⎯',
      '@patchbay/e2e:test: Error: crash',
    ];
    expect(read(lines.join('\n')).failures).toBe(
      [
        '@patchbay/auth:test: src/bad.test.ts > fails',
        'Error: boom',
        '',
        '@patchbay/e2e:test: test/bad.test.ts > fails',
        'Error: crash',
        '',
      ].join('\n'),
    );
  });

  it('stays short however much failed', () => {
    const many = Array.from(
      { length: 60 },
      (_, index) => ` FAIL  src/bad.test.ts > fails ${index}\n${'    line\n'.repeat(500)}⎯⎯⎯⎯⎯\n`,
    );
    const { failures } = read(...many);
    expect(failures.split('\n').length).toBeLessThan(25 * 90);
    expect(failures).toContain('and 35 more');
  });
});
