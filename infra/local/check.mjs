// `npm run check`: types, lint, format, dead code and unit tests of what differs from main. `npm test` checks all.
import { join } from 'node:path';
import { turbo } from './build.mjs';
import { changedFiles, mergeBase, workspacesOf } from './changed.mjs';
import { root, run } from './run.mjs';
import { createTerminal, explain } from './terminal.mjs';

const terminal = createTerminal();
const bin = (name) => join(root, 'node_modules/.bin', name);
let failed = 0;

/** One check: quiet when it passes, its whole output when it fails; the ones after it run all the same. */
async function check(title, work) {
  let output = '';
  try {
    await terminal.step(title, async () => {
      const result = await work();
      output = result.output;
      if (result.code !== 0) throw new Error(`exit code ${result.code}`);
    });
  } catch (error) {
    failed += 1;
    terminal.write(`${output || String(error?.stack ?? error)}\n`);
  }
}

/** The tests beside the changed code and beside what imports it in the same workspace. */
function unitTests(workspace, commit) {
  return run(bin('vitest'), ['run', '--root', join(root, workspace), `--changed=${commit}`, 'src/']);
}

try {
  const { name, commit } = mergeBase(root, process.argv[2]);
  const files = changedFiles(root, commit);
  const code = files.filter((file) => /\.(ts|tsx|mts|js|mjs)$/.test(file));
  terminal.write(`${files.length} files differ from ${name}\n`);
  if (files.length > 0) {
    const types = ['typecheck', `--filter=...[${commit}]`, '--continue', '--output-logs=errors-only'];
    await check('Types', () => turbo(types));
    if (code.length > 0) {
      await check('Lint', () => run(bin('oxlint'), ['--type-aware', '--deny-warnings', ...code]));
    }
    await check('Format', () => run(bin('oxfmt'), ['--check', '--no-error-on-unmatched-pattern', ...files]));
    await check('Dead code', () => run(bin('knip'), ['--no-progress']));
    for (const workspace of workspacesOf(root, files)) {
      await check(`Unit tests of ${workspace}`, () => unitTests(workspace, commit));
    }
  }
} catch (error) {
  failed += 1;
  explain(error);
}
terminal.write(failed === 0 ? '\nEverything passed.\n' : `\n${failed} checks failed.\n`);
process.exitCode = failed === 0 ? 0 : 1;
