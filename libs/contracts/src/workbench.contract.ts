import { z } from 'zod';
import { CALL_TIMEOUT_MS, MessageCallContext } from './calls.contract.js';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';

export const SandboxSize = z.enum(['standard', 'medium', 'large', 'xlarge']);
export type SandboxSize = z.infer<typeof SandboxSize>;

/** Whether sandboxes can be made here; when not, `reason` says why in words fit for a developer. */
export const getWorkbenchStatus = defineRequest(
  'workbench.status.get',
  z.strictObject({}),
  z.object({ available: z.boolean(), reason: z.string().nullable() }),
  { timeoutMs: 1_000 },
);

/** Whose sandbox it is, as the session is configured at the moment. */
export const WorkbenchSession = z.strictObject({
  projectId: idSchema('project'),
  id: idSchema('session'),
  sandboxSize: SandboxSize,
  /** Whether `proxy_execute` may be used inside. */
  proxyExecution: z.boolean(),
});
export type WorkbenchSession = z.infer<typeof WorkbenchSession>;

/** What was written to an output. `text` is its beginning; `path` names the file with more of it. */
export const RunOutput = z.object({ text: z.string(), lines: z.int(), path: z.string().nullable() });
export type RunOutput = z.infer<typeof RunOutput>;

const Ran = {
  stdout: RunOutput,
  stderr: RunOutput,
  /** The last characters of the sandbox's id. */
  sandbox: z.string(),
  /** What became of the sandbox since the call before, when that is worth knowing. */
  notice: z.string().nullable(),
};

export const CodeOutcome = z.object({
  ...Ran,
  /** The value of the last expression; empty without one. */
  result: z.string(),
  /** Why it failed, with a short traceback. */
  error: z.string().nullable(),
  pictures: z.array(z.object({ path: z.string(), url: z.string(), expiresAt: z.string() })),
});
export type CodeOutcome = z.infer<typeof CodeOutcome>;

export const CommandOutcome = z.object({ ...Ran, exitCode: z.int(), error: z.string().nullable() });
export type CommandOutcome = z.infer<typeof CommandOutcome>;

const Run = {
  session: WorkbenchSession,
  /** The log of this call: what its code calls stands below it in the record. */
  logId: z.string(),
  context: MessageCallContext,
};

/**
 * Runs Python in the session's sandbox. One run after another; asked again for one that is still running, it joins
 * that one. Longer than a caller may wait: `unavailable`, to be asked again.
 */
export const runCode = defineRequest(
  'workbench.code.run',
  z.strictObject({ ...Run, code: z.string().min(1).max(1_000_000) }),
  CodeOutcome,
  { timeoutMs: CALL_TIMEOUT_MS },
);
/** The same for a command in bash. */
export const runCommand = defineRequest(
  'workbench.commands.run',
  z.strictObject({ ...Run, command: z.string().min(1).max(100_000) }),
  CommandOutcome,
  { timeoutMs: CALL_TIMEOUT_MS },
);

/** The session and the sandbox that an access key speaks for. Unknown, or of a sandbox that is gone: `unauthenticated`. */
export const verifySandboxKey = defineRequest(
  'workbench.keys.verify',
  z.strictObject({ sha256: z.hash('sha256') }),
  z.object({ projectId: z.string(), sessionId: z.string(), sandboxId: z.string() }),
);
