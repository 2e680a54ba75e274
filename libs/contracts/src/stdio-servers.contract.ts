import { z } from 'zod';
import { CALL_TIMEOUT_MS } from './calls.contract.js';
import { defineRequest } from './define.js';
import { idSchema, UserId } from './ids.js';
import { ToolkitSlug } from './tool-slug.js';

/*
 * MCP servers that are programs: `workbench` runs them in sandboxes and carries what they say on their standard input
 * and output (MCP, the stdio transport); `tools` is the client that speaks with them. Nothing is run that the operator
 * did not list (PATCHBAY_STDIO_ALLOWED), and nothing is installed by a request.
 */

/** The bytes of one message, in either direction: with its quotes escaped twice it has to fit into one of ours. */
export const MAX_STDIO_MESSAGE_BYTES = 3 * 1024 * 1024;
/** The longest that one exchange waits; who waits longer asks again. */
export const MAX_STDIO_WAIT_MS = 45_000;

/** A package as a registry names it, in one version. */
const PackageRef = {
  registryType: z.enum(['npm', 'pypi']),
  identifier: z.string().min(1).max(214),
  version: z.string().min(1).max(100),
};

/** A package of the operator's list, and whether it can be run. */
export const StdioPackage = z.object({
  ...PackageRef,
  /** `host` or `host:port` that its programs may reach, by HTTPS or through the proxy that they are given. */
  hosts: z.array(z.string()),
  /** `installing` until it is on disk; `failed` is tried again by itself. */
  state: z.enum(['installed', 'installing', 'failed']),
  /** Why it is not installed, in words for a developer. */
  reason: z.string().nullable(),
});
export type StdioPackage = z.infer<typeof StdioPackage>;

/** What the operator lets run here; when nothing is, `refusal` says why, and what to set. */
export const listStdioPackages = defineRequest(
  'workbench.stdio.listPackages',
  z.strictObject({}),
  z.object({ packages: z.array(StdioPackage), refusal: z.string().nullable() }),
  { timeoutMs: 2_000 },
);

/**
 * For whom a process runs: one for each that differs. Who deletes the session, removes the account or the project,
 * ends it too.
 */
export const StdioOwner = z.strictObject({
  projectId: idSchema('project'),
  /** The toolkit that the server is. Its private hosts are those that the operator allows this toolkit. */
  toolkit: ToolkitSlug,
  /** Null where no user is behind it, as when the tools of a server are listed. */
  userId: UserId.nullable(),
  sessionId: idSchema('session').nullable(),
  connectionId: idSchema('connection').nullable(),
  /** A process that nobody else joins, and that ends when it is closed: for one list of tools, or one call. */
  isAlone: z.boolean().default(false),
});
export type StdioOwner = z.infer<typeof StdioOwner>;

/** What is run: a package of the operator's list, with what the toolkit and the account add to it. */
export const StdioProgram = z.strictObject({
  ...PackageRef,
  /** The command of the package, where it has several; without it the one that is called as the package is. */
  command: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be the name of a command')
    .optional(),
  arguments: z
    .array(noNul(z.string().max(8_192)))
    .max(100)
    .default([]),
  /** Secrets among them: values are never logged, and are taken out of what is told of the program's own words. */
  environment: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'must be the name of a variable'),
      noNul(z.string().max(32_768)),
    )
    .refine((all) => Object.keys(all).length <= 100, { message: 'may hold 100 variables' })
    .default({}),
});
export type StdioProgram = z.infer<typeof StdioProgram>;

/** One client's line to a process. Several may have the same process: ids of messages do not meet. */
export const StdioLine = z.strictObject({
  /** The replica that runs it. */
  replica: z.uuid(),
  processId: z.uuid(),
  line: z.uuid(),
});
export type StdioLine = z.infer<typeof StdioLine>;

/**
 * Starts the owner's process, or joins it. One that runs with another program, arguments or environment is ended and
 * replaced.
 *
 * Switched off: `unavailable`, not to be retried. A package that is not on the operator's list: `forbidden`. One that
 * is not installed yet: `unavailable`. All places taken: `unavailable`; the project's share: `rate_limited`. A program
 * that does not start: `sandbox_lost`, with what it said last.
 */
export const openStdio = defineRequest(
  'workbench.stdio.open',
  z.strictObject({ owner: StdioOwner, program: StdioProgram }),
  z.object({
    line: StdioLine,
    /** After so long without a message to it, the process is ended. */
    idleSeconds: z.int(),
  }),
  { timeoutMs: CALL_TIMEOUT_MS },
);

/**
 * Sends a message and takes those that came. It answers when the answer to `awaits` came, or a request of the server's
 * own, or when the time is over; without `awaits` at once, with nothing to send as soon as there is anything. A
 * message that came is told once. The answer to a request is only told to who awaits it. A
 * notification is told to every line, the oldest dropped when nobody takes it; a request of the server's own to the one
 * whose request it has had for the longest. A ping is answered here.
 *
 * `initialize` reaches a process once: a line that joins is answered what the first one was.
 *
 * A process that is gone, whatever ended it: `sandbox_lost`; `retryable` when the message did not reach it, so that
 * opening again and sending it again is safe. A replica that is gone is a process that is gone. A message that is no
 * JSON-RPC: `invalid_request`.
 */
export const exchangeStdio = defineRequest(
  'workbench.stdio.exchange',
  z.strictObject({
    line: StdioLine,
    /** One JSON-RPC message, as its text. */
    send: z.string().max(MAX_STDIO_MESSAGE_BYTES).nullable(),
    /** The id of the line's own request whose answer is waited for. */
    awaits: z.union([z.string().max(200), z.number()]).nullable(),
    waitMs: z.int().min(0).max(MAX_STDIO_WAIT_MS),
  }),
  z.object({
    /** JSON-RPC messages, as the texts that they are. */
    received: z.array(z.string()),
    /** Whether the answer to `awaits` is among them. */
    isAnswered: z.boolean(),
  }),
  { timeoutMs: CALL_TIMEOUT_MS },
);

/** The line is no longer used; the process ends with its last one. One that is gone is closed. */
export const closeStdio = defineRequest(
  'workbench.stdio.close',
  z.strictObject({ line: StdioLine }),
  z.object({}),
);

/** What begins a program ends at a NUL. */
function noNul(text: z.ZodString) {
  return text.refine((value) => !value.includes('\0'), { message: 'may hold no NUL' });
}
