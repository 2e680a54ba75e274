// Builds the repository, once what it needs is installed. Node's own modules only.
import { join } from 'node:path';
import { compileCache } from './node.mjs';
import { removeOrphans } from './orphans.mjs';
import { Refusal } from './preflight.mjs';
import { lastLines, root, run } from './run.mjs';

/**
 * Builds the platform; quick when nothing changed.
 * @param terminal shows the step
 * @param options.tests whether to build what only tests need, too
 * @throws Refusal when something does not compile
 */
export async function build(terminal, { tests = false } = {}) {
  const tasks = tests
    ? ['build', 'build:test']
    : ['build', '--filter=./apps/*', '--filter=@patchbay/local', '--filter=@patchbay/cli'];
  await terminal.step('Building', async () => {
    removeOrphans();
    const { code, output } = await turbo(tasks);
    if (code === 0) return;
    throw new Refusal(
      `The build failed:\n${lastLines(output, 40)}`,
      'Repeat it with `npm run build` to see all of it.',
    );
  });
}

/** Runs turbo tasks; the same flags everywhere, so that the cache is shared. */
export function turbo(args, options) {
  return run(join(root, 'node_modules/.bin/turbo'), ['run', ...args, '--ui=stream', '--log-order=stream'], {
    env: {
      TURBO_TELEMETRY_DISABLED: '1',
      TURBO_NO_UPDATE_NOTIFIER: '1',
      // Each task would compile the same packages again, which is a third of the work of many a workspace's tests.
      NODE_COMPILE_CACHE: compileCache,
    },
    ...options,
  });
}
