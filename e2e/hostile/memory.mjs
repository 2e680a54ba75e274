import { readdir, readFile } from 'node:fs/promises';

/**
 * What each of the seven services holds, in MiB: the resident memory of its process and of what that started, but for
 * the sandboxes, whose memory is their session's own.
 * @returns {Promise<Record<string, number>>}
 * @throws {Error} when none of them runs as `infra/local` starts it
 */
export async function memoryOfServices() {
  const processes = await allProcesses();
  const childrenOf = (/** @type {number} */ pid) => processes.filter(({ parent }) => parent === pid);
  const heldBy = (/** @type {Process} */ { pid, command, resident }) =>
    /^\S*bwrap\b/.test(command)
      ? 0
      : childrenOf(pid).reduce((sum, child) => sum + heldBy(child), resident / 1024 / 1024);
  const services = childrenOf(process.pid).flatMap((child) => {
    const name = /apps\/(\w+)\/dist\/bundle\/main\.mjs/.exec(child.command)?.[1];
    return name ? [[name, heldBy(child)]] : [];
  });
  if (services.length === 0) throw new Error('No service was found whose memory could be measured');
  return Object.fromEntries(services);
}

/** @param {Record<string, number>} held */
export function totalOf(held) {
  return Object.values(held).reduce((sum, one) => sum + one, 0);
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
