import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Signals the child when this process ends, however it ends: a tiny shell waits for the end of a pipe that only we hold
 * open. The returned function calls the watcher off.
 */
export function endWithUs(child: ChildProcess, signal: NodeJS.Signals): () => void {
  const script = `read -r _; kill -s ${signal.slice(3)} "$0"`;
  const watcher = spawn('/bin/sh', ['-c', script, String(child.pid)], {
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // A machine without /bin/sh loses this safety, not the start: leftovers are stopped by the next one.
  watcher.once('error', () => undefined);
  watcher.stdin.once('error', () => undefined);
  watcher.unref();
  (watcher.stdin as unknown as { unref?(): void }).unref?.();
  return () => watcher.kill('SIGKILL');
}
