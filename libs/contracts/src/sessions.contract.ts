import { z } from 'zod';
import { AccessList, AccountType, CallbackUrl, Connection } from './connections.contract.js';
import { Link } from './links.contract.js';
import { CustomTools, NamedCustomTools } from './custom-tools.contract.js';
import { defineEvent, defineRequest } from './define.js';
import { idSchema, UserId } from './ids.js';
import { Moment } from './moment.js';
import { PageRequest, pageOf } from './page.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';
import { CALL_TIMEOUT_MS, CallOutcome, MessageCallContext } from './calls.contract.js';
import { SessionChanges, SessionConfig } from './session-config.js';
import { ToolDefinition } from './catalogue.contract.js';
import type { CallSession } from './tools.contract.js';

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
  /** Calls that a person has allowed for as long as the session lives, by their permission keys. */
  allowedCalls: z.array(z.string()),
  /** Also the moment whose versions of the tools it uses, whatever the catalogue becomes. */
  createdAt: z.string(),
});
export type Session = z.infer<typeof Session>;

/**
 * The part of a session that travels with each of its calls.
 * @param allowedForCall what a person has allowed for this very call, by permission keys
 */
export function toCallSession(
  { id, userId, config, allowedCalls, createdAt }: Session,
  allowedForCall: readonly string[] = [],
): CallSession {
  const { toolkits, tools, tags, authConfigs, connectedAccounts, multiAccount, permissions, workbench } =
    config;
  return {
    id,
    userId,
    scope: { toolkits, tools, tags },
    authConfigs,
    connectedAccounts,
    requireChoice: multiAccount.enabled && multiAccount.requireExplicitSelection,
    ...(workbench.proxyExecution !== undefined && { proxy: workbench.proxyExecution }),
    ...(permissions && {
      permissions: {
        ...permissions,
        allowedForSession: allowedCalls,
        allowedForCall: [...allowedForCall],
      },
    }),
    toolsAt: createdAt,
  };
}

export const TimeZone = z
  .string()
  .max(100)
  .refine((zone) => isTimeZone(zone), {
    message: 'must be the IANA name of a time zone, such as Asia/Tokyo',
  });

const SessionKey = { projectId: idSchema('project'), id: idSchema('session') };

/** With a `savedConfigId` in its configuration it gets that one's scope, whatever its own is. */
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
/** A session as a list has it. */
export const ListedSession = z.object({
  id: z.string(),
  userId: z.string(),
  configVersion: z.int(),
  toolkits: SessionConfig.shape.toolkits,
  /** Whether its configuration asks for a workbench. */
  hasWorkbench: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type ListedSession = z.infer<typeof ListedSession>;

/** Newest first. */
export const listSessions = defineRequest(
  'sessions.sessions.list',
  z.strictObject({
    projectId: idSchema('project'),
    userId: UserId.optional(),
    /** A session's whole id, or how a user's id begins. */
    search: z.string().min(1).max(256).optional(),
    /** Made from this moment on, and before that one, in epoch milliseconds. */
    from: Moment.optional(),
    to: Moment.optional(),
    ...PageRequest,
    limit: z.int().min(1).max(100).default(20),
  }),
  pageOf(ListedSession),
);
export const deleteSession = defineRequest(
  'sessions.sessions.delete',
  z.strictObject(SessionKey),
  z.object({ id: z.string() }),
);

/**
 * With an `expectedVersion` that is not the current one: `conflict`, and nothing is changed. With a `savedConfigId` it gets
 * that one's scope as it is now, whatever the changes say of their own.
 */
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
    /** What a person has allowed for this call, by permission keys. */
    allowedForCall: z.array(z.string().max(300)).max(100).default([]),
    /** Passed on with each call inside, for providers that take one. */
    idempotencyKey: z.string().min(1).max(190).optional(),
    context: MessageCallContext,
  }),
  CallOutcome,
  { timeoutMs: CALL_TIMEOUT_MS, rawField: 'data' },
);

const SessionEvent = z.object({ sessionId: z.string(), userId: z.string(), configVersion: z.int() });
export const sessionCreated = defineEvent('events.sessions.session.created', SessionEvent);
export const sessionUpdated = defineEvent('events.sessions.session.updated', SessionEvent);
export const sessionDeleted = defineEvent('events.sessions.session.deleted', SessionEvent);
/** A session remembers something new. */
export const memoriesChanged = defineEvent(
  'events.sessions.memories.changed',
  z.object({ sessionId: z.string() }),
);

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
