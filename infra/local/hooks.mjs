// The hooks before a commit. Set by `npm run dev` and not by installing: a machine that only runs or tests Patchbay has
// no use for them, and `npm ci` in a container has no repository.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './run.mjs';

const git = (...args) => {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
};

/**
 * Sets the hooks of `lefthook.yml` in this clone, once. LEFTHOOK=0 or CI=true leaves them out, and a clone with hooks of
 * another tool's is left alone.
 * @returns what was done, in words, or nothing
 */
export function installHooks(env = process.env) {
  if (env.LEFTHOOK === '0' || (env.CI && env.CI !== 'false')) return undefined;
  const lefthook = join(root, 'node_modules/.bin/lefthook');
  const folder = git('rev-parse', '--git-path', 'hooks');
  if (!folder || !existsSync(lefthook) || git('config', 'core.hooksPath')) return undefined;
  if (existsSync(join(resolve(root, folder), 'pre-commit'))) return undefined;
  const { status } = spawnSync(lefthook, ['install'], { cwd: root, stdio: 'ignore' });
  return status === 0
    ? 'Hooks are set: what you commit is formatted and linted (git commit --no-verify skips them).'
    : 'The hooks before a commit could not be set; `npx lefthook install` says why.';
}
