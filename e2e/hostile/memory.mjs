import { readdir, readFile } from 'node:fs/promises';

/**
 * What the six services hold, in MiB: the resident memory of their processes and of what those started,
 * but for the sandboxes, whose memory is their session's own.
 */
export async function memoryOfServices() {
  const processes = await allProcesses();
  const childrenOf = (/** @type {number} */ pid) => processes.filter(({ parent }) => parent === pid);
  let total = 0;
  const add = (/** @type {Process} */ process) => {
    if (process.command.startsWith('bwrap')) return;
    total += process.resident;
    for (const child of childrenOf(process.pid)) add(child);
  };
  for (const child of childrenOf(process.pid)) {
    if (/apps\/\w+\/dist\/main\.js/.test(child.command)) add(child);
  }
  return total / 1024 / 1024;
}

/** @typedef {{ pid: number, parent: number, resident: number, command: string }} Process */

async function allProcesses() {
  /** @type {Process[]} */
  const found = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const [status, command] = await Promise.all(
        ['status', 'cmdline'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8')),
      );
      const number = (/** @type {string} */ field) =>
        Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      found.push({
        pid: Number(name),
        parent: number('PPid'),
        resident: number('VmRSS') * 1024,
        command: command.replaceAll('\0', ' '),
      });
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}
