import type { ProgressToken } from '@modelcontextprotocol/server';
import type { RpcResponse } from '../transport/rpc-response.js';
import { notification } from '../transport/json-rpc.js';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Notifies a client that asked for progress that its call is still running, in seconds since it began. Providers do not
 * report their progress, but clients wait longer for a call that does.
 * @returns stops it
 */
export function reportProgress(response: RpcResponse, progressToken: ProgressToken | undefined): () => void {
  if (progressToken === undefined) return () => undefined;
  const began = performance.now();
  let timer: NodeJS.Timeout;
  const report = () => {
    const elapsed = performance.now() - began;
    const seconds = Math.round(elapsed) / 1000;
    const message = `Running for ${Math.round(seconds)} s`;
    response.notify(notification('notifications/progress', { progressToken, progress: seconds, message }));
    timer = setTimeout(report, Math.min(Math.max(elapsed, FIRST_PAUSE_MS), LONGEST_PAUSE_MS));
  };
  report();
  return () => clearTimeout(timer);
}
