import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changedFiles, mergeBase } from '../changed.mjs';
import { changelogWith } from '../changelog.mjs';

describe('the changelog', () => {
  const text = '# Changelog\n\nWhat changed.\n\n## 0.2.0 (2026-11-29)\n\nThe first.\n';
  const changesets = [
    { summary: 'A fix.\n', releases: [{ type: 'patch' }] },
    { summary: 'A feature,\nin two lines.', releases: [{ type: 'patch' }, { type: 'minor' }] },
  ];

  it('gets the next version on top, the larger changes first', () => {
    const next = changelogWith(text, { version: '0.3.0', day: '2026-12-24', changesets });
    expect(next).toBe(
      '# Changelog\n\nWhat changed.\n\n## 0.3.0 (2026-12-24)\n\n### New\n\n- A feature,\n  in two lines.\n\n' +
        '### Better\n\n- A fix.\n\n## 0.2.0 (2026-11-29)\n\nThe first.\n',
    );
  });
});

describe('what differs from main', () => {
  let folder = '';
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
    expect(spawnSync('git', [...identity, ...args], { cwd: folder }).status).toBe(0);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'patchbay-changed-'));
    git('init', '-q', '-b', 'main');
    for (const name of ['same', 'changed', 'removed', 'saved']) writeFileSync(join(folder, name), name);
    git('add', '-A');
    git('commit', '-qm', 'first');
    git('checkout', '-qb', 'mine');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is what was committed, saved or made again since, and is still there', () => {
    writeFileSync(join(folder, 'changed'), 'otherwise');
    git('rm', '-q', 'removed');
    git('commit', '-qam', 'second');
    writeFileSync(join(folder, 'saved'), 'otherwise');
    writeFileSync(join(folder, 'new name'), '');
    const { name, commit } = mergeBase(folder);
    expect(name).toBe('main');
    expect(changedFiles(folder, commit)).toEqual(['changed', 'new name', 'saved']);
  });

  it('is not guessed when there is no such branch', () => {
    expect(() => mergeBase(folder, 'nowhere')).toThrow('git finds no common commit with nowhere');
  });
});
