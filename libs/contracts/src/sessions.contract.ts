import { z } from 'zod';
import { AccessList, AccountType, CallbackUrl, Connection } from './connections.contract.js';
import { Link } from './links.contract.js';
import { CustomTools, NamedCustomTools } from './custom-tools.contract.js';
import { defineEvent, defineRequest } from './define.js';
import { idSchema, UserId } from './ids.js';
import { PageRequest, pageOf } from './page.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';
import { SessionScope } from './session-scope.js';
import { CALL_TIMEOUT_MS, CallOutcome } from './calls.contract.js';
import { ToolDefinition, type CallSession } from './tools.contract.js';
import { SandboxSize } from './workbench.contract.js';

/** A tool with the account it acts on, or `*` for all tools of that account; `__none__`: tools without one. */
const PermissionKey = z
  .string()
  .regex(
    /^([A-Za-z0-9_-]{1,200}|\*):(ca_[A-Za-z0-9_-]{1,64}|__none__)$/,
    'must be <TOOL_SLUG or *>:<ca_… or __none__>',
  );

/** Which calls a person is asked about first, by clients that can ask. The exact key beats the account's, which beats the default. */
export const SessionPermissions = z.strictObject({
  default: z.enum(['allow_all', 'ask_every_call', 'ask_once_per_session']),
  overrides: z
    .record(PermissionKey, z.enum(['always_allow', 'always_deny', 'ask_once', 'ask_always']))
    .default({}),
});
export type SessionPermissions = z.infer<typeof SessionPermissions>;

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
      sandboxSize: SandboxSize.default('standard'),
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
  permissions: SessionPermissions.optional(),
  /** Where the session's connect links begin instead of the platform's own address. */
  linkUrlOverwrite: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
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
  /** Why there is no workbench although the configuration asks for one. */
  workbenchMissing: z.string().optional(),
  /** Also the moment whose versions of the tools it uses, whatever the catalogue becomes. */
  createdAt: z.string(),
});
export type Session = z.infer<typeof Session>;

/** The part of a session that travels with each of its calls. */
export function toCallSession({ id, userId, config, createdAt }: Session): CallSession {
  const { toolkits, tools, tags, authConfigs, connectedAccounts, multiAccount } = config;
  return {
    id,
    userId,
    scope: { toolkits, tools, tags },
    authConfigs,
    connectedAccounts,
    requireChoice: multiAccount.enabled && multiAccount.requireExplicitSelection,
    toolsAt: createdAt,
  };
}

const TimeZone = z
  .string()
  .max(100)
  .refine((zone) => isTimeZone(zone), {
    message: 'must be the IANA name of a time zone, such as Asia/Tokyo',
  });

const SessionKey = { projectId: idSchema('project'), id: idSchema('session') };

export const createSession = defineRequest(
  'sessions.sessions.create',
  z.strictObject({
    projectId: idSchema('project'),
    userId: UserId,
    config: SessionConfig,
    /** For the words that tell a model how to use the session. */
    userTimezone: TimeZone.optional(),
    customTools: CustomTools.optional(),
  }),
  Session.extend({ assistivePrompt: z.string(), customTools: NamedCustomTools.optional() }),
);
/** Names custom tools for a session and checks them against it; changes nothing. */
export const attachSession = defineRequest(
  'sessions.sessions.attach',
  z.strictObject({ ...SessionKey, customTools: CustomTools }),
  Session.extend({ customTools: NamedCustomTools }),
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
  permissions: SessionPermissions.nullish(),
  linkUrlOverwrite: SessionConfig.shape.linkUrlOverwrite.unwrap().nullish(),
});
export type SessionChanges = z.infer<typeof SessionChanges>;

/** With an `expectedVersion` that is not the current one: `conflict`, and nothing is changed. */
export const updateSession = defineRequest(
  'sessions.sessions.update',
  z.strictObject({ ...SessionKey, changes: SessionChanges, expectedVersion: z.int().optional() }),
  Session,
);

/** A configuration that a session has, or had: `at` is when it was replaced, or for the present one made. */
export const SessionVersion = z.object({
  version: z.int(),
  config: SessionConfig,
  at: z.string(),
  isCurrent: z.boolean(),
});
export type SessionVersion = z.infer<typeof SessionVersion>;

/** Newest first, beginning with the present one. */
export const listSessionVersions = defineRequest(
  'sessions.versions.list',
  z.strictObject({ ...SessionKey, ...PageRequest }),
  pageOf(SessionVersion).extend({ userId: z.string() }),
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
  z.strictObject({
    ...SessionKey,
    slug: ToolSlug,
    arguments: z.record(z.string(), z.unknown()),
    customTools: CustomTools.optional(),
    /** Passed on with each call inside, for providers that take one. */
    idempotencyKey: z.string().min(1).max(190).optional(),
  }),
  CallOutcome,
  { timeoutMs: CALL_TIMEOUT_MS },
);

const SessionEvent = z.object({ sessionId: z.string(), userId: z.string(), configVersion: z.int() });
export const sessionCreated = defineEvent('events.sessions.session.created', SessionEvent);
export const sessionUpdated = defineEvent('events.sessions.session.updated', SessionEvent);
export const sessionDeleted = defineEvent('events.sessions.session.deleted', SessionEvent);

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
