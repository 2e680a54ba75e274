import { readFile } from 'node:fs/promises';

const PAGE_BYTES = 4096;

/** A process and everything below it, as the host numbers them. */
export async function processTree(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const below = await Promise.all(children.split(' ').filter(Boolean).map(Number).map(processTree));
  return [pid, ...below.flat()];
}

/** Memory that the processes hold. What several share is counted for each, so this is rather too much than too little. */
export async function residentBytes(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const [, resident = '0', shared = '0'] = (
        await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')
      ).split(' ');
      return (Number(resident) - Number(shared)) * PAGE_BYTES;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
