/**
 * `node e2e/scripts/schemathesis.mjs [--examples 200] [--only 'Session$'] [--workers 2] [--seed 1]`: a platform of its own,
 * and schemathesis against the document that it serves: every operation with so many examples, with the edges of every
 * schema, and in sequences that follow from the answers. Prints the failures and the counts; exit code 1 when there is a
 * failure, or an operation that was tried with fewer. Everything is on loopback and stops by itself. The README is in `e2e/fuzz`.
 */
import { parseArgs } from 'node:util';
import { pythonForTests, startTestPlatform } from '@patchbay/testing';
import { FOLDER, fuzz } from '../fuzz/run.mjs';

const { values } = parseArgs({
  options: {
    examples: { type: 'string', default: '200' },
    only: { type: 'string' },
    phases: { type: 'string', default: 'examples,coverage,fuzzing,stateful' },
    workers: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
  },
});
const LIMITS =
  'PROJECT USER SESSIONS LINKS FAILURES GUESSES CODES PAGES OAUTH REGISTRATIONS FILES ANONYMOUS'.split(' ');
/** So many requests are no attack. */
const WITHOUT_LIMITS = Object.fromEntries(LIMITS.map((name) => [`PATCHBAY_LIMIT_${name}`, '0']));

const made = await pythonForTests(FOLDER);
if ('missing' in made) {
  console.error(made.missing);
  process.exit(1);
}
const test = await startTestPlatform({ ...WITHOUT_LIMITS, LOG_LEVEL: 'warn' });
try {
  const report = await fuzz(made.python, test.platform, {
    phases: values.phases,
    examples: Number(values.examples),
    workers: Number(values.workers),
    seed: Number(values.seed),
    only: values.only,
    isShown: true,
  });
  const counts = Object.values(report.cases);
  const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, one) => total + one, 0);
  console.log(
    `${report.operations} operations, ${sum(counts)} requests, ${Math.min(...counts)} at least of each`,
  );
  console.log(`${sum(Object.values(report.setAside))} refusals on meaning, set aside (e2e/fuzz/hooks.py)`);
  for (const { count, title, operations } of report.failures)
    console.log(`FAILED: ${count} of "${title}": ${operations.join(', ')}`);
  for (const { count, title } of report.errors) console.log(`FAILED: ${count} errors of "${title}"`);
  const isWhole = counts.length === report.operations && report.operations > 0;
  process.exitCode = isWhole && report.failures.length + report.errors.length === 0 ? 0 : 1;
} finally {
  await test.stop({ keepHome: process.exitCode !== 0 });
  if (process.exitCode !== 0) console.log(`What the platform logged is in ${test.platform.home}/logs`);
}
