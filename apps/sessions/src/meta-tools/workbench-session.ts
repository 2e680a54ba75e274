import type { Session, WorkbenchSession } from '@patchbay/contracts';

/** What of a session the workbench needs to know. */
export function workbenchSession({ projectId, id, config }: Session): WorkbenchSession {
  // What narrows the session's tools is settled where the request is made.
  const { sandboxSize, proxyExecution = true } = config.workbench;
  return { projectId, id, sandboxSize, proxyExecution };
}

/** What became of the sandbox, in front of what the code itself said. */
export function withNotice(stderr: string, notice: string | null): string {
  return notice ? `[workbench] ${notice}\n${stderr}` : stderr;
}
