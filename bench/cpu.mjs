// CPU time of processes, from Linux's /proc (proc_pid_stat(5)).
import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: 100 on every Linux that Node runs on. */
const MS_PER_TICK = 10;

/**
 * Milliseconds of CPU, user and system, that each of these has used, with all their descendants.
 * @template {string} Name
 * @param {Record<Name, number>} pids
 * @returns {Record<Name, number>}
 */
export function cpuOf(pids) {
  const all = readAll();
  const treeOf = (pid) => {
    const own = all.get(pid)?.ms ?? 0;
    const children = [...all].filter(([, { parent }]) => parent === pid);
    return children.reduce((sum, [child]) => sum + treeOf(child), own);
  };
  return mapValues(pids, treeOf);
}

/** What each used between two readings. */
export function cpuBetween(before, after) {
  return mapValues(after, (ms, name) => ms - before[name]);
}

/** @returns {Map<number, { parent: number, ms: number }>} */
function readAll() {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(pids.map((pid) => [Number(pid), readOne(pid)]).filter(([, found]) => found));
}

function readOne(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, second and in brackets, may hold anything; the fields after it are plain.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // utime, stime, and the same of children that have ended: a Postgres backend's time is not lost with it.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), ms: ticks * MS_PER_TICK };
  } catch {
    return undefined;
  }
}

/** The same keys, each value changed. */
export function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
