import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxLimits } from '../sandbox.js';

const OURS = 'patchbay-workbench';
const CPU_PERIOD_US = 100_000;
const REMOVAL_ATTEMPTS = 50;

/** Where the kernel has its control groups, in the one layout or the other. */
interface Layout {
  /** One folder for all controllers in version 2, one for each in version 1. */
  folders: string[];
  settings(limits: SandboxLimits): Record<string, string>;
}

/** Limits of a sandbox as a whole, kept by the kernel. */
export class ControlGroups {
  private constructor(private readonly layout: Layout) {}

  /**
   * @param root where they are mounted, or a folder of version 2 that was delegated to us
   * @returns undefined where none can be made
   */
  static async open(root: string): Promise<ControlGroups | undefined> {
    const layout = existsSync(join(root, 'cgroup.controllers')) ? version2(root) : version1(root);
    if (!layout) return undefined;
    try {
      for (const folder of layout.folders) {
        await mkdir(folder, { recursive: true });
        // It may exist, made by another user, without permission for us.
        const probe = await mkdtemp(join(folder, 'probe-'));
        await rmdir(probe);
      }
      if (layout.folders.length === 1) {
        for (const folder of [root, join(root, OURS)]) {
          await writeFile(join(folder, 'cgroup.subtree_control'), '+memory +pids +cpu');
        }
      }
      return new ControlGroups(layout);
    } catch {
      return undefined;
    }
  }

  /** A group with these limits that holds the processes, and all that they will start. */
  async confine(name: string, limits: SandboxLimits, pids: readonly number[]): Promise<void> {
    const settings = Object.entries(this.layout.settings(limits));
    for (const parent of this.layout.folders) {
      const folder = join(parent, name);
      await mkdir(folder);
      for (const [file, value] of settings) {
        if (existsSync(join(folder, file))) await writeFile(join(folder, file), value);
      }
      for (const pid of pids) await writeFile(join(folder, 'cgroup.procs'), String(pid));
    }
  }

  /** Its processes were killed; the kernel may take a moment to reap them. */
  async remove(name: string): Promise<void> {
    for (const parent of this.layout.folders) {
      for (let attempt = 0; attempt < REMOVAL_ATTEMPTS; attempt += 1) {
        const left = await rmdir(join(parent, name)).then(
          () => false,
          (error: NodeJS.ErrnoException) => error.code === 'EBUSY',
        );
        if (!left) break;
        await delay(20);
      }
    }
  }

  /** Groups of sandboxes that a killed service left: those that still hold a process are not removed. */
  async tidy(): Promise<void> {
    for (const parent of this.layout.folders) {
      const entries = await readdir(parent, { withFileTypes: true });
      for (const entry of entries) {
        if (entry.isDirectory()) await rmdir(join(parent, entry.name)).catch(() => undefined);
      }
    }
  }
}

function version2(root: string): Layout | undefined {
  const controllers = readFileSync(join(root, 'cgroup.controllers'), 'utf8').trim().split(' ');
  if (!['memory', 'pids', 'cpu'].every((name) => controllers.includes(name))) return undefined;
  return {
    folders: [join(root, OURS)],
    settings: ({ memoryBytes, processes, cpus }) => ({
      'memory.max': String(memoryBytes),
      'memory.swap.max': '0',
      'pids.max': String(processes),
      'cpu.max': `${cpus * CPU_PERIOD_US} ${CPU_PERIOD_US}`,
    }),
  };
}

function version1(root: string): Layout | undefined {
  const controllers = ['memory', 'pids', 'cpu'].map((name) => join(root, name));
  if (!controllers.every((folder) => existsSync(folder))) return undefined;
  return {
    folders: controllers.map((folder) => join(folder, OURS)),
    settings: ({ memoryBytes, processes, cpus }) => ({
      'memory.limit_in_bytes': String(memoryBytes),
      'pids.max': String(processes),
      'cpu.cfs_quota_us': String(cpus * CPU_PERIOD_US),
    }),
  };
}
