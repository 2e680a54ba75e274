import type { ProgressToken } from '@modelcontextprotocol/server';
import type { Answer } from './answer.js';
import { notification } from './json-rpc.js';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Tells a client that asked for it that its call is still under way, in seconds since it began. Providers say
 * nothing of their progress, but clients wait longer for a call that lives.
 * @returns ends it
 */
export function reportProgress(answer: Answer, progressToken: ProgressToken | undefined): () => void {
  if (progressToken === undefined) return () => undefined;
  const began = performance.now();
  let timer: NodeJS.Timeout;
  const report = () => {
    const elapsed = performance.now() - began;
    const seconds = Math.round(elapsed) / 1000;
    const message = `Running for ${Math.round(seconds)} s`;
    answer.notify(notification('notifications/progress', { progressToken, progress: seconds, message }));
    timer = setTimeout(report, Math.min(Math.max(elapsed, FIRST_PAUSE_MS), LONGEST_PAUSE_MS));
  };
  report();
  return () => clearTimeout(timer);
}
