import { z } from 'zod';
import { CALL_TIMEOUT_MS, CallOrigin, CallOutcome, MessageCallContext } from './calls.contract.js';
import { ToolsAt, ToolVersion } from './catalogue.contract.js';
import { GivenCredential } from './credentials.contract.js';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { CallPermissions } from './session-permissions.js';
import { SessionScope } from './session-scope.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';

/** What of a session decides over a call: its scope, and which accounts it fixed. */
export const CallSession = z.strictObject({
  /** Null: a call outside of sessions, by the developer himself. */
  id: idSchema('session').nullable(),
  userId: z.string(),
  scope: SessionScope,
  /** Toolkit to auth config id. */
  authConfigs: z.record(ToolkitSlug, z.string()),
  /** Toolkit to the connections pinned for it. */
  connectedAccounts: z.record(ToolkitSlug, z.array(z.string())),
  /** Several accounts: the call must name one. */
  requireChoice: z.boolean(),
  /** Whether it may send requests of its own to providers, and its sandbox; absent: the session says nothing of it. */
  proxy: z.boolean().optional(),
  /** Absent: every call that is in scope is allowed. */
  permissions: CallPermissions.optional(),
  toolsAt: ToolsAt,
});
export type CallSession = z.infer<typeof CallSession>;

/**
 * A session as it goes with a call: whole; or by the SHA-256 of its JSON, beside the whole so that its receiver
 * remembers it, or alone to one that does. Who does not know it answers `session_unknown`, before anything was done.
 */
export const SentSession = z.union([
  z.strictObject({ sha256: z.string().length(64), whole: CallSession.optional() }),
  CallSession,
]);
export type SentSession = z.infer<typeof SentSession>;

/** What a developer adds to the requests of one call himself. */
export const CustomAuth = z.strictObject({
  /** Instead of the toolkit's; with an account's credential it must be the provider's own. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  parameters: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        in: z.enum(['query', 'header']),
        value: z.string(),
      }),
    )
    .max(50)
    .default([]),
  /** Fields of a JSON body. */
  body: z.record(z.string(), z.unknown()).optional(),
});
export type CustomAuth = z.infer<typeof CustomAuth>;

/**
 * Runs an app tool for a session. The scope is enforced here, whatever door the call came through.
 * Refusals are errors (`tool_not_found`, `toolkit_not_allowed`, `tool_not_allowed`, `no_active_connection`, …);
 * once the tool was tried, its failure is an outcome.
 */
export const executeTool = defineRequest(
  'tools.calls.execute',
  z.strictObject({
    projectId: idSchema('project'),
    session: SentSession,
    toolSlug: ToolSlug,
    arguments: z.record(z.string(), z.unknown()),
    account: z.string().min(1).max(200).optional(),
    /** Of the tool; absent: the one that the session or the catalogue has. */
    version: ToolVersion.optional(),
    /** Instead of an account. */
    credential: GivenCredential.optional(),
    customAuth: CustomAuth.optional(),
    /** Passed on to providers that take one: two calls with the same key are carried out once. */
    idempotencyKey: z.string().min(1).max(200).optional(),
    ...CallOrigin.shape,
    context: MessageCallContext,
  }),
  CallOutcome,
  { timeoutMs: CALL_TIMEOUT_MS, rawField: 'data' },
);

export const ProxyMethod = z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD']);
export type ProxyMethod = z.infer<typeof ProxyMethod>;

/**
 * Sends any request to a toolkit's provider with an account's credential. What the provider answers, refusals
 * too, is the outcome. Errors: `toolkit_not_allowed`, `tool_not_allowed` (the session narrows its tools), `origin_mismatch`, `target_not_public`,
 * `provider_unreachable`, `provider_timeout`, and those of the account.
 */
export const proxyRequest = defineRequest(
  'tools.calls.proxy',
  z.strictObject({
    projectId: idSchema('project'),
    session: SentSession,
    toolkit: ToolkitSlug,
    account: z.string().min(1).max(200).optional(),
    credential: GivenCredential.optional(),
    method: ProxyMethod,
    /** A whole address, or a path under the account's base URL. */
    endpoint: z.string().min(1).max(8192),
    parameters: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(200),
          in: z.enum(['query', 'header']),
          value: z.string(),
        }),
      )
      .max(200),
    /** JSON, or a text that is sent as it is. */
    body: z.unknown().optional(),
    binaryBody: z
      .union([
        z.strictObject({ base64: z.base64().min(1), contentType: z.string().max(200).optional() }),
        z.strictObject({
          url: z.url({ protocol: /^https?$/ }),
          contentType: z.string().max(200).optional(),
        }),
      ])
      .optional(),
    idempotencyKey: z.string().min(1).max(200).optional(),
    ...CallOrigin.shape,
    /** Absent from a gateway before 0.3: see `callContextOf`. */
    context: MessageCallContext,
  }),
  z.object({
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    /** JSON or text. */
    data: z.unknown().optional(),
    /** What is neither, or too long: behind a link. */
    binary: z
      .object({ url: z.string(), contentType: z.string(), size: z.int(), expiresAt: z.string() })
      .optional(),
  }),
  { timeoutMs: CALL_TIMEOUT_MS },
);

/** Makes a tool's arguments out of a text, by the operator's model. Without one, or when it fails: `error`. */
export const generateArguments = defineRequest(
  'tools.inputs.generate',
  z.strictObject({
    projectId: idSchema('project'),
    toolSlug: ToolSlug,
    version: ToolVersion.optional(),
    text: z.string().min(1).max(20_000),
    /** In place of the tool's own description. */
    description: z.string().max(20_000).optional(),
    systemPrompt: z.string().max(20_000).optional(),
    context: MessageCallContext,
  }),
  z.object({ arguments: z.record(z.string(), z.unknown()).optional(), error: z.string().optional() }),
  { timeoutMs: CALL_TIMEOUT_MS },
);
