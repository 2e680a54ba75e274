// `npm test`, once `prepare.mjs` is done: every check we have, closed by what failed and by the sum of all tests on a
// line of its own.
import { join } from 'node:path';
import { build, turbo } from './build.mjs';
import { compileCache } from './node.mjs';
import { root, run } from './run.mjs';
import { createTerminal, explain } from './terminal.mjs';

/** On one core and with garbage collected less often, the linter of types takes two thirds of the work. */
const LINT_ENVIRONMENT = { NODE_COMPILE_CACHE: compileCache, GOMAXPROCS: '1', GOGC: '300' };

const terminal = createTerminal();
let passed = true;
let sum = '0 passed, 0 failed';

/** One check: quiet when it passes, its whole output when it fails; the ones after it run all the same. */
async function check(title, work) {
  let output = '';
  await terminal
    .step(title, async () => {
      const result = await work();
      output = result.output;
      if (result.code !== 0) throw new Error(`exit code ${result.code}`);
    })
    .catch((error) => {
      passed = false;
      terminal.write(`${output || String(error?.stack ?? error)}\n`);
    });
}

try {
  await build(terminal, { tests: true });
  const { ensureBinary, pythonEnvironment, TestReport } = await import('./dist/index.js');
  await terminal.step('Finding nats-server and Chromium', async () => {
    for (const name of ['nats-server', 'chromium-headless-shell']) {
      await ensureBinary(name, (title) => terminal.show({ kind: 'note', title }));
    }
  });
  // Beside what follows: it mostly waits for the package index.
  const python = terminal
    .step('Python packages of the tests', async () => {
      for (const folder of ['python', 'fuzz']) await pythonEnvironment(join(root, 'e2e', folder));
    })
    // Its tests say why they are skipped, or fail in CI.
    .catch((error) => terminal.write(`${error.message}\n`));
  // Beside the unit tests, which wait for servers for two thirds of their time, and in the time that these leave.
  const checks = Promise.all([
    check('Lint', () => run('npm', ['run', 'lint'], { env: LINT_ENVIRONMENT, niceness: 10 })),
    check('Types', () => turbo(['typecheck', '--only', '--concurrency=1', '--continue'], { niceness: 10 })),
  ]);
  const report = new TestReport();
  const began = Date.now();
  terminal.write(`\n${terminal.bold('Tests')}\n`);
  // What they need has just been built.
  const test = (...options) =>
    turbo(['test', '--only', '--continue', ...options], {
      onOutput: (chunk) => {
        terminal.write(chunk);
        report.add(chunk);
      },
    });
  // Two at a time, as tests wait for servers more than they compute; three made tests fail by time. The end-to-end suite's
  // platforms fill the machine.
  const units = await test('--concurrency=2', '--filter=!@patchbay/e2e');
  await Promise.all([checks, python]);
  const runs = [units, await test('--concurrency=1', '--filter=@patchbay/e2e')];
  const code = runs.find((run) => run.code !== 0)?.code ?? 0;
  const { failed, passed: succeeded, failures } = report.end();
  terminal.show({
    kind: code === 0 && failed === 0 ? 'done' : 'failed',
    title: 'Tests',
    ms: Date.now() - began,
  });
  if (code !== 0 && failed === 0) {
    terminal.write('A package ended its tests with an error although no test failed: see above.\n');
  }
  if (succeeded + failed === 0) terminal.write('No test ran.\n');
  passed &&= code === 0 && failed === 0 && succeeded > 0;
  if (failures) terminal.write(`\n${terminal.bold('What failed')}\n\n${failures}`);
  sum = report.sum;
} catch (error) {
  passed = false;
  explain(error);
}
if (!passed) terminal.write('\nNot everything passed.\n');
terminal.write(`\n${sum}\n`);
process.exitCode = passed ? 0 : 1;
