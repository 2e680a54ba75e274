// What differs from main, for `npm run check`. Node's own modules and git only.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './preflight.mjs';

/**
 * Where this branch left the other one.
 * @param root a folder in a clone
 * @param wanted the branch to compare with; else `origin/main`, or `main` in a clone that has no origin
 * @returns its name and the commit
 * @throws Refusal when there is no such branch or no clone
 */
export function mergeBase(root, wanted) {
  for (const name of wanted ? [wanted] : ['origin/main', 'main']) {
    const { status, stdout } = git(root, ['merge-base', name, 'HEAD']);
    if (status === 0) return { name, commit: stdout.trim() };
  }
  throw new Refusal(
    `There is nothing to compare with: git finds no common commit with ${wanted ?? 'origin/main or main'}.`,
    'Name a branch: npm run check -- upstream/main',
  );
}

/** The files that are there and differ from the commit: committed, only saved, or new. */
export function changedFiles(root, commit) {
  const changed = git(root, ['diff', '--name-only', '--diff-filter=d', '-z', commit]);
  const added = git(root, ['ls-files', '--others', '--exclude-standard', '-z']);
  const names = `${changed.stdout}${added.stdout}`.split('\0').filter(Boolean);
  return [...new Set(names)].filter((name) => existsSync(join(root, name))).toSorted();
}

/** The workspaces with unit tests in which the files lie: e2e drives the whole platform, which is `npm test`'s part. */
export function workspacesOf(root, files) {
  return globSync(['apps/*', 'libs/*', 'infra/local'], { cwd: root }).filter((folder) =>
    files.some((file) => file.startsWith(`${folder}/`)),
  );
}

function git(root, args) {
  return spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
