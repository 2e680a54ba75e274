import { Script } from 'node:vm';

const work = Symbol.for('patchbay.parsing.work');
const script = new Script(`globalThis[Symbol.for('patchbay.parsing.work')]()`);

/**
 * Does what cannot be interrupted otherwise, and interrupts it: also a process whose parent was killed
 * stops that way.
 * @throws Error with code `ERR_SCRIPT_EXECUTION_TIMEOUT`
 */
export function within<T>(limitMs: number, does: () => T): T {
  Object.assign(globalThis, { [work]: does });
  return script.runInThisContext({ timeout: limitMs }) as T;
}
