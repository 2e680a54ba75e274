import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_EVERY_MS = 10_000;
/** CPU between two looks below which a service counts as idle: what its timers take. */
const IDLE_CPU_MS = 100;

/**
 * Collects the garbage of the start as soon as the process is idle, and gives its memory back: V8 does neither while
 * nothing happens. It takes some tenths of a second, hence once only.
 */
export function collectOnceIdle(): void {
  let before = process.cpuUsage();
  const look = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    if ((user + system) / 1_000 > IDLE_CPU_MS) return;
    clearInterval(look);
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
    setFlagsFromString('--no-expose-gc');
    collect({ type: 'major', flavor: 'last-resort' });
  }, LOOK_EVERY_MS).unref();
}
