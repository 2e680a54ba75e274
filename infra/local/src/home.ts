import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { liveLock, lockFile, processBirth, Refusal, type Lock } from '../preflight.mjs';

/** Makes the folder that holds everything we keep. Others may pass through it (Postgres' user has to) but not list it. */
export function prepareHome(home: string): void {
  if (!existsSync(home)) {
    try {
      mkdirSync(home, { recursive: true });
    } catch (cause) {
      throw new Refusal(
        `PATCHBAY_HOME ${home} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}.`,
        'Choose a folder that you may write to, for example PATCHBAY_HOME=$HOME/patchbay.',
        { cause },
      );
    }
    chmodSync(home, 0o711);
  }
  mkdirSync(join(home, 'logs'), { recursive: true, mode: 0o700 });
}

/** Takes a home for this process; two platforms on the same data would destroy it. Returns how to give it back. */
export function lockHome(home: string, url: string, port: number): () => void {
  const owner = liveLock(home);
  if (owner) {
    throw new Refusal(
      `Patchbay already runs on ${home}: process ${owner.pid}, at ${owner.url}.`,
      `Use that one, stop it with Ctrl-C or \`kill ${owner.pid}\`, or give this one a home of its own with PATCHBAY_HOME and PORT.`,
    );
  }
  const file = lockFile(home);
  // What is there belongs to a dead process.
  rmSync(file, { force: true });
  // wx: of two that start in the same moment, one is refused.
  const lock: Lock = { pid: process.pid, birth: processBirth(process.pid), url, port };
  writeFileSync(file, JSON.stringify(lock), { flag: 'wx' });
  return () => rmSync(file, { force: true });
}
