import type { Session, WorkbenchSession } from '@patchbay/contracts';

/** The part of a session that the workbench needs. */
export function workbenchSession({ projectId, id, config }: Session): WorkbenchSession {
  // The session's scope is applied where its calls arrive.
  const { sandboxSize, proxyExecution = true } = config.workbench;
  return { projectId, id, sandboxSize, proxyExecution };
}

/** Puts the notice about the sandbox before the output of the code. */
export function withNotice(stderr: string, notice: string | null): string {
  return notice ? `[workbench] ${notice}\n${stderr}` : stderr;
}
