import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isAlive } from '../preflight.mjs';
import { waitUntil } from './wait.js';

/** The process id in the first line of a pid file, or undefined. */
export function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a living process is what we once started there: ids are reused, so its command line has to say so. */
export function isOurs(pid: number, program: string, folder: string): boolean {
  if (!isAlive(pid)) return false;
  const command = commandOf(pid);
  return (command[0] ?? '').endsWith(program) && command.some((part) => part.includes(folder));
}

/** Stops a server of an earlier run with ever harder signals and waits until it is gone. */
export async function stopLeftover(pid: number, signals: NodeJS.Signals[]): Promise<void> {
  for (const signal of signals) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitUntil(() => !isAlive(pid), { limitMs: 10_000 })) return;
  }
}

/** A process's program and its arguments; nothing of one that is gone. */
export function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // No /proc, as on macOS: ps gives one string, split enough for the questions asked above.
    return String(spawnSync('ps', ['-o', 'args=', '-p', String(pid)]).stdout ?? '').split(' ');
  }
}
