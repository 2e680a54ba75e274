import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ControlGroups } from './cgroup.js';

const LIMITS = { cpus: 2, memoryBytes: 1024, diskBytes: 1, processes: 7 };

describe('control groups of version 2', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'patchbay-cgroup-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('hold the processes, in a folder whose parents hand the controllers on', async () => {
    await writeFile(join(root, 'cgroup.controllers'), 'cpuset cpu io memory pids\n');
    const groups = await ControlGroups.open(root);
    await groups?.confine('one', LIMITS, [41, 42]);
    const folder = join(root, 'patchbay-workbench');
    expect(await readFile(join(folder, 'cgroup.subtree_control'), 'utf8')).toBe('+memory +pids +cpu');
    expect(await readFile(join(folder, 'one', 'cgroup.procs'), 'utf8')).toBe('42');
  });

  it('are not used where a controller is missing, or none is mounted', async () => {
    expect(await ControlGroups.open(root)).toBeUndefined();
    await writeFile(join(root, 'cgroup.controllers'), 'hugetlb\n');
    expect(await ControlGroups.open(root)).toBeUndefined();
  });

  it('are not used where nothing may be made', async () => {
    await writeFile(join(root, 'cgroup.controllers'), 'cpu memory pids\n');
    await writeFile(join(root, 'patchbay-workbench'), 'no folder');
    expect(await ControlGroups.open(root)).toBeUndefined();
  });

  it('of version 1 have a folder for each controller', async () => {
    for (const controller of ['memory', 'pids', 'cpu']) await mkdir(join(root, controller));
    const groups = await ControlGroups.open(root);
    await groups?.confine('one', LIMITS, [41]);
    expect(await readFile(join(root, 'pids/patchbay-workbench/one/cgroup.procs'), 'utf8')).toBe('41');
  });
});
