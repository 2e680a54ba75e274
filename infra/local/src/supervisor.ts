import type { ManagedProcess } from './managed-process.js';

/** Whether and how soon a crashed process is started again; a test may change it on a running platform. */
export interface RestartPolicy {
  enabled: boolean;
  firstDelayMs: number;
  maxDelayMs: number;
}

/** A process that lived this long was well: its next crash begins again with the shortest delay. */
const HEALTHY_MS = 30_000;

/** Starts a process again when it crashes; one that somebody stopped from outside stays stopped. */
export function supervise(child: ManagedProcess, policy: RestartPolicy, note: (text: string) => void): void {
  let delay = policy.firstDelayMs;
  let startedAt = Date.now();

  const again = (reason: string) => {
    if (!policy.enabled) return note(`${child.name} ended (${reason})`);
    note(
      `${child.name} ended (${reason}), starting it again in ${delay / 1000} s; its log: ${child.log.path}`,
    );
    // The policy's timer must not keep a program alive whose platform was stopped.
    setTimeout(() => void restart(), delay).unref();
    delay = Math.min(delay * 2, policy.maxDelayMs);
  };
  const restart = async () => {
    // Stopped or started by somebody else while we waited.
    if (!child.wanted || child.pid) return;
    try {
      await child.start();
      startedAt = Date.now();
      note(`${child.name} runs again (process ${child.pid})`);
    } catch (error) {
      if (child.wanted) again(error instanceof Error ? error.message : String(error));
    }
  };

  child.onUnexpectedExit = ({ reason, deliberate }) => {
    if (deliberate) {
      child.wanted = false;
      note(`${child.name} was stopped from outside (${reason}) and stays stopped`);
      return;
    }
    if (Date.now() - startedAt > HEALTHY_MS) delay = policy.firstDelayMs;
    again(reason);
  };
}
