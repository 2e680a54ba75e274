import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Milliseconds after which the last error is thrown. */
  timeout?: number;
  /** Milliseconds between two looks. */
  interval?: number;
}

/** Waits for a fact: repeats the check until it passes, and throws its last error when the time is over. */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeout = 10_000, interval = 50 }: EventuallyOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
    }
    await pause(interval);
  }
}
