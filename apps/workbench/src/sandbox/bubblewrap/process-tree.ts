import { readdir, readFile } from 'node:fs/promises';

/** Fields of /proc/<pid>/stat after the name, which may hold anything in its brackets. */
const STARTED_AT = 19;

/** A process, and when it was started: together they identify it, as pids are reused. */
export interface Process {
  pid: number;
  startedAt: string;
}

/**
 * A process and everything below it, as the host numbers them. Each thread has children of its own, and none of them is left out.
 * @param before those that were found last time: one that was missed, because its siblings ended while the kernel told
 * of them, is still known then
 */
export async function descendants(root: number, before: readonly Process[]): Promise<Process[]> {
  const found = new Map<number, Process>();
  const wanted = new Map(before.map(({ pid, startedAt }) => [pid, startedAt]));
  const visit = async (pid: number, isKnown: boolean): Promise<void> => {
    if (found.has(pid)) return;
    const startedAt = await startOf(pid);
    if (startedAt === undefined || (isKnown && wanted.get(pid) !== startedAt) || found.has(pid)) return;
    found.set(pid, { pid, startedAt });
    await Promise.all((await childrenOf(pid)).map((child) => visit(child, false)));
  };
  await visit(root, false);
  await Promise.all([...wanted.keys()].map((pid) => visit(pid, true)));
  return [...found.values()];
}

/** Ends those that are still there. */
export async function kill(processes: readonly Process[]): Promise<void> {
  await Promise.all(
    processes.map(async ({ pid, startedAt }) => {
      if ((await startOf(pid)) !== startedAt) return;
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended meanwhile.
      }
    }),
  );
}

/** Those of all its threads: a child is listed under the thread that forked it alone. */
async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

async function startOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .at(STARTED_AT);
}

/** Memory that the processes hold, in bytes. */
export interface Memory {
  /** Their own. What one has from the other by a fork, and did not write to, is counted for each. */
  own: number;
  /** Shared memory, as anonymous mappings and mapped memory files are. Counted for each that has it mapped. */
  shared: number;
}

/** Rather too much than too little, and cheap. */
export async function roughMemory(pids: readonly number[]): Promise<Memory> {
  return sum(await Promise.all(pids.map(roughlyOf)));
}

/** What several share is counted in parts. The kernel walks the tables of the processes for it. */
export async function exactMemory(pids: readonly number[]): Promise<Memory> {
  return sum(await Promise.all(pids.map(async (pid) => (await exactlyOf(pid)) ?? (await roughlyOf(pid)))));
}

async function roughlyOf(pid: number): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return {
    own: kilobytes(status, 'RssAnon') + kilobytes(status, 'VmSwap'),
    shared: kilobytes(status, 'RssShmem'),
  };
}

/** @returns undefined where it may not be read, as for a process that hides from all but root */
async function exactlyOf(pid: number): Promise<Memory | undefined> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  if (!rollup.includes('Pss_Anon')) return undefined;
  return {
    own: kilobytes(rollup, 'Pss_Anon') + kilobytes(rollup, 'SwapPss'),
    shared: kilobytes(rollup, 'Pss_Shmem'),
  };
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(String.raw`^${name}:\s+(\d+) kB$`, 'm').exec(text)?.[1] ?? 0) * 1024;
}

function sum(all: readonly Memory[]): Memory {
  return {
    own: all.reduce((total, { own }) => total + own, 0),
    shared: all.reduce((total, { shared }) => total + shared, 0),
  };
}
