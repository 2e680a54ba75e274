/**
 * `node e2e/scripts/schemathesis.mjs [--examples 200] [--minutes 8] [--only 'Session$'] [--phases stateful] [--restart]`: a
 * platform of its own, and schemathesis against the document that it serves: every operation with so many examples, with the
 * edges of every schema, and in sequences that follow the links. What was tried without a failure is kept in a file, unit by
 * unit, and the next run goes on from there: so `--minutes` may end it, and what was mended is tried again. Prints what each
 * unit came to, and in the end the counts. Exit code 0 when all was tried without a failure, 1 when there is one, 3 when there
 * is more to do. Everything is on loopback and stops by itself. The README is in `e2e/fuzz`.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pythonForTests, startTestPlatform } from '@patchbay/testing';
import { planOf } from '../fuzz/plan.mjs';
import { FOLDER, fuzz } from '../fuzz/run.mjs';

const { values } = parseArgs({
  options: {
    examples: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '600' },
    only: { type: 'string', default: '' },
    phases: { type: 'string', default: 'examples,coverage,fuzzing,stateful' },
    // Of one process, for which Python has one limit of recursion: the generator changes it, and two fell over each other.
    workers: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    state: {
      type: 'string',
      default: fileURLToPath(new URL('../../node_modules/.cache/patchbay-fuzz.json', import.meta.url)),
    },
    restart: { type: 'boolean', default: false },
  },
});
const LIMITS =
  'PROJECT USER SESSIONS LINKS FAILURES GUESSES CODES PAGES OAUTH REGISTRATIONS FILES ANONYMOUS'.split(' ');
/** So many requests are no attack. */
const WITHOUT_LIMITS = Object.fromEntries(LIMITS.map((name) => [`PATCHBAY_LIMIT_${name}`, '0']));
const LEFT = 3;
/** A body may be a megabyte. */
const LINE = 2_000;

/**
 * @typedef {import('../fuzz/run.d.mts').FuzzReport} FuzzReport
 * @typedef {Omit<FuzzReport, 'output'> & { document: string, seconds: number }} Done
 * @typedef {{ examples: string, seed: string, done: Record<string, Done>, failed: Record<string, string> }} State
 */

/** @returns {State} */
function readState() {
  const empty = { examples: values.examples, seed: values.seed, done: {}, failed: {} };
  if (values.restart || !existsSync(values.state)) return empty;
  const state = /** @type {State} */ (JSON.parse(readFileSync(values.state, 'utf8')));
  return state.examples === values.examples && state.seed === values.seed ? { ...empty, ...state } : empty;
}

/** @param {State} state */
function writeState(state) {
  mkdirSync(dirname(values.state), { recursive: true });
  writeFileSync(`${values.state}.new`, JSON.stringify(state));
  renameSync(`${values.state}.new`, values.state);
}

const began = Date.now();
const made = await pythonForTests(FOLDER);
if ('missing' in made) {
  console.error(made.missing);
  process.exit(1);
}
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
const state = readState();
const test = await startTestPlatform({ ...WITHOUT_LIMITS, LOG_LEVEL: 'warn' });
let failed = 0;
try {
  const served = await (await fetch(`${test.platform.baseUrl}/api/v3.1/openapi.json`)).text();
  const document = createHash('sha256').update(served).digest('hex').slice(0, 8);
  const { paths } = JSON.parse(served);
  const units = planOf({ paths }, { phases: values.phases.split(','), only: values.only });
  const left = () => units.filter((unit) => !state.done[keyOf(unit)]);
  /** What another document failed by may be mended, and comes first; what this one did comes last. */
  const order = (/** @type {import('../fuzz/plan.d.mts').Unit} */ unit) => {
    const by = state.failed[keyOf(unit)];
    return by === undefined ? 0 : by === document ? 1 : -1;
  };
  let longest = 0;
  for (const unit of left().toSorted((a, b) => order(a) - order(b))) {
    const elapsed = Date.now() - began;
    if (stopping.signal.aborted || elapsed + longest > Number(values.minutes) * 60_000) break;
    const start = Date.now();
    const { output, ...report } = await fuzz(made.python, test.platform, {
      phases: unit.phases,
      operations: unit.operations,
      examples: Number(values.examples),
      workers: Number(values.workers),
      seed: Number(values.seed),
      signal: stopping.signal,
    });
    longest = Math.max(longest, Date.now() - start);
    const seconds = Math.round((Date.now() - start) / 1_000);
    const found = report.failures.length + report.errors.length;
    console.log(`${unit.name}: ${requestsOf(report)} requests in ${seconds} s${found ? '' : ', no failure'}`);
    if (found > 0) {
      failed += 1;
      state.failed[keyOf(unit)] = document;
      console.log(findingsOf(output));
    } else {
      state.done[keyOf(unit)] = { ...report, document, seconds };
      delete state.failed[keyOf(unit)];
    }
    writeState(state);
  }
  printCounts(
    paths,
    units.flatMap((unit) => state.done[keyOf(unit)] ?? []),
  );
  console.log(
    `${units.length - left().length} of ${units.length} units without a failure, ${failed} with one`,
  );
  process.exitCode = failed > 0 ? 1 : left().length > 0 ? LEFT : 0;
} finally {
  await test.stop({ keepHome: failed > 0 });
  if (failed > 0) console.log(`What the platform logged is in ${test.platform.home}/logs`);
}

/** What schemathesis says of the failures, without what it says of itself. @param {string} output */
function findingsOf(output) {
  const from = output.search(/^=+ (FAILURES|ERRORS) =+$/m);
  const to = output.search(/^=+ SUMMARY =+$/m);
  const lines = output.slice(Math.max(from, 0), to < 0 ? undefined : to).split('\n');
  return lines.map((line) => (line.length > LINE ? `${line.slice(0, LINE)}…` : line)).join('\n');
}

/** @param {import('../fuzz/plan.d.mts').Unit} unit */
function keyOf({ name, phases }) {
  return `${name} (${phases})`;
}

/** @param {Pick<FuzzReport, 'cases'>} report */
function requestsOf({ cases }) {
  return sum(Object.values(cases).flatMap((byPhase) => Object.values(byPhase)));
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}

/**
 * By heading and phase, as a table of Markdown; then which operations were tried with fewer examples than they should be.
 * What is tried of each operation is in the file of the state.
 * @param {Record<string, Record<string, import('../fuzz/plan.d.mts').Operation>>} paths
 * @param {Done[]} done
 */
function printCounts(paths, done) {
  const phases = values.phases.split(',');
  const counts = countsOf(done);
  const tried = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([
        verb,
        {
          tags: [tag = ''],
        },
      ]) => {
        const label = `${verb.toUpperCase()} ${path}`;
        return { tag, label, byPhase: counts[label] ?? {} };
      },
    ),
  );
  const row = (/** @type {string} */ name, /** @type {typeof tried} */ of) => [
    name,
    of.filter(({ byPhase }) => Object.keys(byPhase).length > 0).length,
    ...phases.map((phase) => sum(of.map(({ byPhase }) => byPhase[phase] ?? 0))),
  ];
  const rows = [...Map.groupBy(tried, ({ tag }) => tag)].map(([tag, of]) => row(tag, of));
  const header = ['', 'operations', ...phases];
  for (const cells of [header, header.map(() => '---'), ...rows, row('all', tried)])
    console.log(`| ${cells.join(' | ')} |`);
  const fewer = tried.filter(({ byPhase }) => (byPhase['fuzzing'] ?? 0) < Number(values.examples));
  for (const { label, byPhase } of fewer) console.log(`${byPhase['fuzzing'] ?? 0} examples: ${label}`);
  const aside = sum(done.flatMap(({ setAside }) => Object.values(setAside)));
  const documents = new Set(done.map(({ document }) => document));
  console.log(
    `${sum(done.map(requestsOf))} requests in ${Math.round(sum(done.map(({ seconds }) => seconds)) / 60)} minutes, ` +
      `${aside} refusals on meaning set aside (e2e/fuzz/hooks.py), documents ${[...documents].join(', ')}`,
  );
}

/** @param {Done[]} done @returns {Record<string, Record<string, number>>} by operation and phase */
function countsOf(done) {
  /** @type {Record<string, Record<string, number>>} */
  const counts = {};
  for (const [operation, byPhase] of done.flatMap(({ cases }) => Object.entries(cases))) {
    const known = (counts[operation] ??= {});
    for (const [phase, count] of Object.entries(byPhase)) known[phase] = (known[phase] ?? 0) + count;
  }
  return counts;
}
