import { z } from 'zod';
import { AccessList, AccountType, CallbackUrl, Connection } from './connections.contract.js';
import { Link } from './links.contract.js';
import { defineEvent, defineRequest } from './define.js';
import { idSchema, UserId } from './ids.js';
import { PageRequest, pageOf } from './page.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';
import { SessionScope } from './session-scope.js';
import { CALL_TIMEOUT_MS, CallOutcome } from './calls.contract.js';
import { ToolDefinition, type CallSession } from './tools.contract.js';

export const SessionConfig = z.strictObject({
  ...SessionScope.shape,
  /** Toolkit to auth config id. */
  authConfigs: z.record(ToolkitSlug, idSchema('authConfig')).default({}),
  /** Toolkit to the connections pinned for it. */
  connectedAccounts: z.record(ToolkitSlug, z.array(idSchema('connection')).min(1)).default({}),
  manageConnections: z
    .strictObject({
      enabled: z.boolean().default(true),
      callbackUrl: CallbackUrl.optional(),
      waitForConnections: z.boolean().default(false),
      connectionRemoval: z.boolean().default(true),
    })
    .prefault({}),
  workbench: z
    .strictObject({
      enabled: z.boolean().default(true),
      proxyExecution: z.boolean().default(true),
      /** Characters of a result past which it is saved into the workspace. */
      autoOffloadThreshold: z.number().positive().default(20_000),
      sandboxSize: z.enum(['standard', 'medium', 'large', 'xlarge']).default('standard'),
    })
    .prefault({}),
  multiAccount: z
    .strictObject({
      enabled: z.boolean().default(false),
      maxAccountsPerToolkit: z.int().min(2).max(10).default(5),
      requireExplicitSelection: z.boolean().default(false),
    })
    .prefault({}),
  preload: z.strictObject({ tools: z.union([z.array(ToolSlug), z.literal('all')]).default([]) }).prefault({}),
  search: z.strictObject({ enabled: z.boolean().default(true) }).prefault({}),
  execute: z.strictObject({ multiExecute: z.boolean().default(true) }).prefault({}),
});
export type SessionConfig = z.infer<typeof SessionConfig>;

export const Session = z.object({
  id: z.string(),
  projectId: z.string(),
  userId: z.string(),
  config: SessionConfig,
  /** 1 at creation, one more with each change. */
  configVersion: z.int(),
  /** Slugs the session exposes directly: preloaded tools first, then the meta tools that are on. */
  exposedTools: z.array(z.string()),
  createdAt: z.string(),
});
export type Session = z.infer<typeof Session>;

/** The part of a session that travels with each of its calls. */
export function toCallSession({ id, userId, config }: Session): CallSession {
  const { toolkits, tools, tags, authConfigs, connectedAccounts, multiAccount } = config;
  return {
    id,
    userId,
    scope: { toolkits, tools, tags },
    authConfigs,
    connectedAccounts,
    requireChoice: multiAccount.enabled && multiAccount.requireExplicitSelection,
  };
}

const SessionKey = { projectId: idSchema('project'), id: idSchema('session') };

export const createSession = defineRequest(
  'sessions.sessions.create',
  z.strictObject({
    projectId: idSchema('project'),
    userId: UserId,
    config: SessionConfig,
  }),
  Session,
);
/** Unknown, deleted or another project's: `session_not_found`. */
export const getSession = defineRequest('sessions.sessions.get', z.strictObject(SessionKey), Session);
export const deleteSession = defineRequest(
  'sessions.sessions.delete',
  z.strictObject(SessionKey),
  z.object({ id: z.string() }),
);

/**
 * A change of a session's configuration. A block left out stays as it is; null brings its default back;
 * `manageConnections`, `workbench` and `multiAccount` are merged field by field, the others replaced.
 */
export const SessionChanges = z.strictObject({
  toolkits: SessionConfig.shape.toolkits.nullable(),
  tools: SessionConfig.shape.tools.unwrap().nullish(),
  tags: SessionConfig.shape.tags.unwrap().nullish(),
  authConfigs: SessionConfig.shape.authConfigs.unwrap().nullish(),
  connectedAccounts: SessionConfig.shape.connectedAccounts.unwrap().nullish(),
  manageConnections: z.record(z.string(), z.unknown()).nullish(),
  workbench: z.record(z.string(), z.unknown()).nullish(),
  multiAccount: z.record(z.string(), z.unknown()).nullish(),
  preload: SessionConfig.shape.preload.unwrap().nullish(),
  search: SessionConfig.shape.search.unwrap().nullish(),
  execute: SessionConfig.shape.execute.unwrap().nullish(),
});
export type SessionChanges = z.infer<typeof SessionChanges>;

/** With an `expectedVersion` that is not the current one: `conflict`, and nothing is changed. */
export const updateSession = defineRequest(
  'sessions.sessions.update',
  z.strictObject({ ...SessionKey, changes: SessionChanges, expectedVersion: z.int().optional() }),
  Session,
);

/** The tools an agent gets: preloaded ones, then the meta tools that are on. */
export const listSessionTools = defineRequest(
  'sessions.tools.list',
  z.strictObject({ ...SessionKey, ...PageRequest }),
  pageOf(ToolDefinition),
);

export const SessionToolkit = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  logo: z.string(),
  needsAccount: z.boolean(),
  managedAuthSchemes: z.array(z.string()),
  /** The connection that the session would use now. */
  connection: Connection.nullable(),
});
export type SessionToolkit = z.infer<typeof SessionToolkit>;

export const listSessionToolkits = defineRequest(
  'sessions.toolkits.list',
  z.strictObject({
    ...SessionKey,
    toolkits: z.array(ToolkitSlug).optional(),
    isConnected: z.boolean().default(false),
    search: z.string().optional(),
    ...PageRequest,
  }),
  pageOf(SessionToolkit),
);

/** Makes a connect link for the session's user, if the session may use the toolkit. */
export const linkToolkit = defineRequest(
  'sessions.links.create',
  z.strictObject({
    ...SessionKey,
    toolkit: ToolkitSlug,
    callbackUrl: CallbackUrl.optional(),
    alias: z.string().min(1).max(100).optional(),
    accountType: AccountType.default('PRIVATE'),
    accessList: AccessList.optional(),
  }),
  Link,
);

/** Runs a meta tool. An unknown or disabled one: `meta_tool_not_enabled`. */
export const executeMetaTool = defineRequest(
  'sessions.metaTools.execute',
  z.strictObject({ ...SessionKey, slug: ToolSlug, arguments: z.record(z.string(), z.unknown()) }),
  CallOutcome,
  { timeoutMs: CALL_TIMEOUT_MS },
);

const SessionEvent = z.object({ sessionId: z.string(), userId: z.string(), configVersion: z.int() });
export const sessionCreated = defineEvent('events.sessions.session.created', SessionEvent);
export const sessionUpdated = defineEvent('events.sessions.session.updated', SessionEvent);
export const sessionDeleted = defineEvent('events.sessions.session.deleted', SessionEvent);
