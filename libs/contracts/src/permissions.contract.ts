import { z } from 'zod';
import { AppError } from './error.js';
import { defineEvent, defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { isMetaTool, ToolSlug } from './tool-slug.js';
import { CallSession } from './tools.contract.js';
import { NO_ACCOUNT, type CallPermissions } from './session-permissions.js';

/** What the permissions say of a call: `ask` until a person has allowed it. */
export interface Ruling {
  verdict: 'allow' | 'deny' | 'ask';
  /** What a person allows is allowed for as long as the session lives. */
  once: boolean;
}

/** Names a tool with the account it acts on. */
export function permissionKey(toolSlug: string, connectionId: string | null): string {
  return `${toolSlug}:${connectionId ?? NO_ACCOUNT}`;
}

/**
 * The exact key beats the account's, which beats the default. Meta tools do nothing to an account by themselves, so
 * that only their exact key counts; the tools that they run are ruled one by one.
 */
export function rulingOf(
  permissions: CallPermissions,
  { slug, aliases = [] }: { slug: string; aliases?: readonly string[] | undefined },
  connectionId: string | null,
): Ruling {
  const key = permissionKey(slug, connectionId);
  const isMeta = isMetaTool(slug);
  const [exact] = [slug, ...aliases]
    .map((name) => permissions.overrides[permissionKey(name, connectionId)])
    .filter((rule) => rule !== undefined);
  const rule =
    exact ??
    (isMeta ? 'always_allow' : permissions.overrides[permissionKey('*', connectionId)]) ??
    permissions.default;
  switch (rule) {
    case 'allow_all':
    case 'always_allow':
      return { verdict: 'allow', once: false };
    case 'always_deny':
      return { verdict: 'deny', once: false };
    case 'ask_every_call':
    case 'ask_always':
      return { verdict: permissions.allowedForCall.includes(key) ? 'allow' : 'ask', once: false };
    case 'ask_once_per_session':
    case 'ask_once': {
      const isAllowed = [...permissions.allowedForSession, ...permissions.allowedForCall].includes(key);
      return { verdict: isAllowed ? 'allow' : 'ask', once: true };
    }
  }
}

/** @returns nothing where the call is allowed */
export function refusalOf({ verdict }: Ruling, toolSlug: string): AppError | undefined {
  if (verdict === 'allow') return undefined;
  if (verdict === 'deny') {
    return new AppError(
      'permission_denied',
      `[Session Restriction] The session's permissions do not allow ${toolSlug} here.`,
    );
  }
  return new AppError(
    'permission_required',
    `[Session Restriction] ${toolSlug} needs a person's permission first, and this client cannot ask for it.`,
    {
      suggestion: "Call it through the session's MCP endpoint, with a client that supports elicitation.",
    },
  );
}

/** A call that a person has to be asked about. */
export const PermissionQuestion = z.object({
  key: z.string(),
  toolSlug: z.string(),
  toolName: z.string(),
  toolkitName: z.string(),
  /** How the person knows the account; null for a tool without one. */
  account: z.string().nullable(),
  once: z.boolean(),
});
export type PermissionQuestion = z.infer<typeof PermissionQuestion>;

/**
 * Which of these calls a person has to be asked about first. Those that would be refused for another reason are
 * not among them: making them tells why.
 */
export const findQuestions = defineRequest(
  'tools.permissions.questions',
  z.strictObject({
    projectId: idSchema('project'),
    session: CallSession,
    calls: z
      .array(z.strictObject({ toolSlug: ToolSlug, account: z.string().min(1).max(200).optional() }))
      .max(50),
  }),
  z.array(PermissionQuestion),
);

/** Calls of a session that a person has to allow. */
export const ApprovalWanted = z.object({
  sessionId: z.string(),
  userId: z.string(),
  /** Permission keys: tools, each with the account that it acts on. */
  keys: z.array(z.string()),
  /** The user of the session's client is being asked. False: it cannot ask, and the call was refused. */
  asked: z.boolean(),
});
export type ApprovalWanted = z.infer<typeof ApprovalWanted>;

/** By who asks, or refuses, because the session's permissions want a person's. */
export const gatewayApprovalWanted = defineEvent('events.gateway.approval.changed', ApprovalWanted);
export const sessionsApprovalWanted = defineEvent('events.sessions.approval.changed', ApprovalWanted);
export const toolsApprovalWanted = defineEvent('events.tools.approval.changed', ApprovalWanted);

/** What a permission key names. */
export function partsOfKey(key: string): { toolSlug: string; connectionId: string | null } {
  const [toolSlug = '', account] = key.split(':');
  return { toolSlug, connectionId: account === undefined || account === NO_ACCOUNT ? null : account };
}

/** Which accounts a call of COMPOSIO_MANAGE_CONNECTIONS removes that a person has to be asked about first. */
export const findRemovals = defineRequest(
  'sessions.permissions.removals',
  z.strictObject({
    projectId: idSchema('project'),
    id: idSchema('session'),
    arguments: z.record(z.string(), z.unknown()),
  }),
  z.array(PermissionQuestion),
);

/** Keeps what a person allowed for as long as the session lives, or until its permissions are changed. */
export const allowForSession = defineRequest(
  'sessions.permissions.allow',
  z.strictObject({
    projectId: idSchema('project'),
    id: idSchema('session'),
    keys: z.array(z.string().max(300)).min(1).max(50),
  }),
  z.object({}),
);
export const callsAllowed = defineEvent(
  'events.sessions.permissions.allowed',
  z.object({ sessionId: z.string(), keys: z.array(z.string()) }),
);
