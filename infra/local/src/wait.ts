import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is yes; false when the time is over or the signal came first. */
export async function waitUntil(
  question: () => Promise<boolean> | boolean,
  { limitMs, everyMs = 25, signal }: { limitMs: number; everyMs?: number; signal?: AbortSignal },
): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (!signal?.aborted) {
    if (await question()) return true;
    if (Date.now() > end) return false;
    await sleep(everyMs);
  }
  return false;
}
