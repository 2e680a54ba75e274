import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const ROTATE_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 16 * 1024;

/** The log of one process: appended to over restarts, put aside when it has grown too large. */
export class LogFile {
  #from = 0;

  constructor(readonly path: string) {}

  /** A descriptor to append to. The caller closes it. */
  open(): number {
    mkdirSync(dirname(this.path), { recursive: true });
    if (this.#size() > ROTATE_BYTES) renameSync(this.path, `${this.path}.1`);
    this.#from = this.#size();
    return openSync(this.path, 'a', 0o600);
  }

  /** The last lines since the process was started. */
  tail(lines = 20): string {
    const size = this.#size();
    const start = Math.max(this.#from, size - TAIL_BYTES);
    if (size <= start) return '';
    const buffer = Buffer.alloc(size - start);
    const file = openSync(this.path, 'r');
    try {
      const read = readSync(file, buffer, 0, buffer.length, start);
      return buffer.toString('utf8', 0, read).trimEnd().split('\n').slice(-lines).join('\n');
    } finally {
      closeSync(file);
    }
  }

  #size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }
}
