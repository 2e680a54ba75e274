import { statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { descendants, exactMemory, roughMemory, type Memory, type Process } from './process-tree.js';

const WATCH_MS = 250;
/** Near the limit it is measured more often, as growth between two measurements goes unnoticed. */
const CLOSE_WATCH_MS = 50;
const CLOSE = 0.5;
/** Folders that are memory file systems, `/dev/shm` with them. */
const FOLDERS = ['home/user', 'mnt/files', 'tmp', 'dev/shm'];
/** Of linux/magic.h. */
const TMPFS = 0x01021994;
/** What the kernel keeps for a name without any content. */
const FILE_BYTES = 1024;

/**
 * Without control groups the service measures itself. Each process has limits of its own (`python/running.py`), and this is for
 * their sum: their memory, what they share, and what lies in the memory file systems that they write to.
 * @param root bubblewrap's process, of which the sandbox is the child
 * @param onOver ends the sandbox
 */
export async function watchMemory(
  root: number,
  limit: number,
  ended: Promise<string>,
  onOver: (held: number) => void,
): Promise<void> {
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  let known: Process[] = [];
  while (!gone) {
    known = await descendants(root, known);
    const pids = known.map(({ pid }) => pid);
    // Bubblewrap's own process has the host's root.
    const files = await fileBytes(pids.filter((pid) => pid !== root));
    let held = total(await roughMemory(pids), files);
    // A fork shares all with its parent: before anything is ended for it, it is counted once.
    if (held > limit) held = total(await exactMemory(pids), files);
    if (held > limit && !gone) onOver(held);
    await delay(held > limit * CLOSE ? CLOSE_WATCH_MS : WATCH_MS, undefined, { ref: false });
  }
}

function total({ own, shared }: Memory, files: number): number {
  return own + shared + files;
}

/** The sandbox's folders, seen through whichever of its processes lets us; 0 when none does: each folder has its end. */
async function fileBytes(pids: readonly number[]): Promise<number> {
  for (const pid of pids.toReversed()) {
    try {
      const mounts = await Promise.all(FOLDERS.map((name) => statfs(`/proc/${pid}/root/${name}`)));
      if (mounts.some(({ type }) => type !== TMPFS)) continue;
      return mounts.reduce((sum, mount) => {
        const names = Number.isFinite(mount.files) ? mount.files - mount.ffree : 0;
        return sum + (mount.blocks - mount.bfree) * mount.bsize + names * FILE_BYTES;
      }, 0);
    } catch {
      // It ended, or it may not be looked at.
    }
  }
  return 0;
}
