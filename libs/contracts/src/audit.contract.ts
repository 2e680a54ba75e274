import { z } from 'zod';
import {
  createAuthConfig,
  deleteAuthConfig,
  setAuthConfigEnabled,
  updateAuthConfig,
} from './auth-configs.contract.js';
import { linkCliSession } from './cli-sessions.contract.js';
import {
  createConnection,
  deleteConnection,
  revokeConnection,
  setConnectionEnabled,
  updateConnection,
} from './connections.contract.js';
import {
  completeOidcSignIn,
  createSignInLink,
  endConsoleSessions,
  setPassword,
  signInByLink,
  signInByPassword,
} from './console-sessions.contract.js';
import { DEAD_LETTER_SERVICES, discardDeadLetter, resendDeadLetter } from './dead-letters.contract.js';
import { defineEvent, defineRequest, type RequestContract } from './define.js';
import { resendDelivery } from './deliveries.contract.js';
import { idSchema } from './ids.js';
import { beginIncident } from './incidents.contract.js';
import { createLink, createReconnectLink } from './links.contract.js';
import { issueAccessCode, revokeMcpAccess } from './mcp-access.contract.js';
import {
  createMcpInstance,
  createMcpServer,
  deleteMcpInstance,
  deleteMcpServer,
  updateMcpServer,
} from './mcp-servers.contract.js';
import { Moment } from './moment.js';
import { PageRequest } from './page.js';
import {
  createPerson,
  createUserKey,
  deletePerson,
  revokeLeakedUserKeys,
  revokeUserKey,
  updatePerson,
} from './people.contract.js';
import {
  approveToolkit,
  deleteToolkit,
  refreshToolkit,
  refuseToolkit,
  upsertToolkit,
} from './project-toolkits.contract.js';
import {
  createApiKey,
  createProject,
  deleteProject,
  revokeApiKey,
  revokeLeakedKeys,
  rotateApiKeys,
  updateProjectSettings,
} from './projects.contract.js';
import { createSavedConfig, updateSavedConfig } from './saved-configs.contract.js';
import { deleteSession, updateSession } from './sessions.contract.js';
import { deleteToolTuning, setToolTuning } from './tool-search.contract.js';
import {
  createWebhookSubscription,
  deleteWebhookSubscription,
  rotateWebhookSecret,
  updateWebhookSubscription,
} from './webhook-subscriptions.contract.js';
import { deleteTrigger, setTriggerEnabled, upsertTrigger } from './trigger-instances.contract.js';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  setWebhookEndpointData,
} from './webhook-endpoints.contract.js';

/**
 * Who acts. `organisation`, `project`: a key. `person`: a person, by a key of theirs or a session of the console. `access_token`: an MCP client that was admitted, by its grant.
 * `sandbox`: code in a session's sandbox. `anonymous`: the holder of a link or of a leaked key. `setting`: a key
 * that the operator's settings name, at a start. `system`: a sweep, or a message without an actor.
 */
export const ActorKind = z.enum([
  'organisation',
  'project',
  'person',
  'access_token',
  'sandbox',
  'anonymous',
  'setting',
  'system',
]);
export type ActorKind = z.infer<typeof ActorKind>;

export const Actor = z.object({
  kind: ActorKind,
  /** The key's id, or the grant's or the sandbox's; null for who has none. */
  keyId: z.string().nullable(),
  /** The key's name at that time, or the person's address: the key itself may be gone when it is read. */
  name: z.string().nullable(),
  /** Whose the key is, for a person's. */
  personId: z.string().optional(),
});
export type Actor = z.infer<typeof Actor>;

/**
 * Every act of administration, and the requests that leave it. A request that is done has left its event, as the
 * owner of the tables writes it in the transaction of the change. A test performs each and reads it back.
 */
export const AUDITED = {
  'project.created': [createProject],
  'project.settings_updated': [updateProjectSettings],
  'project.deleted': [deleteProject],
  'api_key.created': [createApiKey, rotateApiKeys],
  'api_key.revoked': [revokeApiKey, revokeLeakedKeys],
  'person.created': [createPerson, completeOidcSignIn],
  'person.updated': [updatePerson, completeOidcSignIn],
  'person.deleted': [deletePerson],
  'user_key.created': [createUserKey],
  'user_key.revoked': [revokeUserKey, revokeLeakedUserKeys],
  'cli_session.linked': [linkCliSession],
  'console_session.started': [signInByLink, signInByPassword, completeOidcSignIn],
  'console_session.ended': [endConsoleSessions],
  'sign_in_link.created': [createSignInLink],
  'person.password_set': [setPassword],
  'auth_config.created': [createAuthConfig],
  'auth_config.updated': [updateAuthConfig],
  'auth_config.enabled': [setAuthConfigEnabled],
  'auth_config.disabled': [setAuthConfigEnabled],
  'auth_config.deleted': [deleteAuthConfig],
  'connected_account.created': [createConnection],
  'connected_account.updated': [updateConnection],
  'connected_account.enabled': [setConnectionEnabled],
  'connected_account.disabled': [setConnectionEnabled],
  'connected_account.revoked': [revokeConnection],
  'connected_account.deleted': [deleteConnection],
  'incident.begun': [beginIncident],
  'connect_link.created': [createLink],
  'connect_link.created_to_reconnect': [createReconnectLink],
  'toolkit.upserted': [upsertToolkit],
  'toolkit.refreshed': [refreshToolkit],
  'toolkit.approved': [approveToolkit],
  'toolkit.refused': [refuseToolkit],
  'toolkit.deleted': [deleteToolkit],
  'tool_tuning.set': [setToolTuning],
  'tool_tuning.deleted': [deleteToolTuning],
  'session.updated': [updateSession],
  'session.deleted': [deleteSession],
  'session_config.created': [createSavedConfig],
  'session_config.updated': [updateSavedConfig],
  'mcp_server.created': [createMcpServer],
  'mcp_server.updated': [updateMcpServer],
  'mcp_server.deleted': [deleteMcpServer],
  'mcp_instance.created': [createMcpInstance],
  'mcp_instance.deleted': [deleteMcpInstance],
  'webhook_subscription.created': [createWebhookSubscription],
  'webhook_subscription.updated': [updateWebhookSubscription],
  'webhook_subscription.deleted': [deleteWebhookSubscription],
  'webhook_subscription.secret_rotated': [rotateWebhookSecret],
  'webhook_delivery.resent': [resendDelivery],
  'mcp_access.code_issued': [issueAccessCode],
  'mcp_access.revoked': [revokeMcpAccess],
  'trigger.created': [upsertTrigger],
  'trigger.enabled': [setTriggerEnabled, upsertTrigger],
  'trigger.disabled': [setTriggerEnabled],
  'trigger.deleted': [deleteTrigger],
  'webhook_endpoint.created': [createWebhookEndpoint],
  'webhook_endpoint.updated': [setWebhookEndpointData],
  'webhook_endpoint.deleted': [deleteWebhookEndpoint],
  'dead_letter.resent': DEAD_LETTER_SERVICES.map(resendDeadLetter),
  'dead_letter.discarded': DEAD_LETTER_SERVICES.map(discardDeadLetter),
  /** A key that is good asked for what its areas or its kind do not open. */
  'request.refused': [],
} as const satisfies Record<string, readonly RequestContract[]>;
export type AuditAction = keyof typeof AUDITED;
export const AuditAction = z.enum(Object.keys(AUDITED) as [AuditAction, ...AuditAction[]]);

export const AuditTarget = z.object({
  type: z.enum([
    'project',
    'api_key',
    'person',
    'user_key',
    'cli_session',
    'console_session',
    'auth_config',
    'connected_account',
    'incident',
    'toolkit',
    'tool',
    'session',
    'session_config',
    'mcp_server',
    'mcp_instance',
    'webhook_subscription',
    'webhook_delivery',
    'trigger',
    'webhook_endpoint',
    'dead_letter',
    'route',
  ]),
  id: z.string().max(300),
  /** The user whose it is, for accounts and sessions. */
  userId: z.string().nullable().default(null),
});
export type AuditTarget = z.infer<typeof AuditTarget>;

/** What an event of the audit tells. Its envelope has the id, the time and the request's id. */
export const AuditEntry = z.object({
  action: AuditAction,
  /** Null for what is the organisation's own. */
  projectId: z.string().nullable(),
  actor: Actor,
  /** The client's address; null where no request from outside began it. */
  address: z.string().nullable(),
  target: AuditTarget,
  /** Names of the fields that were given or changed. Never what is in them: that may be a secret. */
  changed: z.array(z.string().max(100)).max(50).default([]),
  outcome: z.enum(['done', 'refused']).default('done'),
  /** Why, in a few words, where the act does not say it. */
  reason: z.string().max(300).nullable().default(null),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AUDIT_SUBJECT = /^events\.[a-z]+\.audit\.recorded$/;
export const authAudited = defineEvent('events.auth.audit.recorded', AuditEntry);
export const sessionsAudited = defineEvent('events.sessions.audit.recorded', AuditEntry);
export const toolsAudited = defineEvent('events.tools.audit.recorded', AuditEntry);
export const triggersAudited = defineEvent('events.triggers.audit.recorded', AuditEntry);
/** What the gateway refused, and what the operator did to events: those are kept in no service's own terms. */
export const gatewayAudited = defineEvent('events.gateway.audit.recorded', AuditEntry);

export const AuditRecord = AuditEntry.extend({
  id: z.string(),
  /** ISO 8601 UTC. */
  at: z.string(),
  requestId: z.string().nullable(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

/** Newest first. `from` and `to` are epoch milliseconds. */
export const listAudit = defineRequest(
  'logs.audit.list',
  z.strictObject({
    /** Without one: of all projects, and what is the organisation's own. Those of deleted projects as well. */
    projectId: idSchema('project').optional(),
    actions: z.array(AuditAction).max(50).optional(),
    actorKind: ActorKind.optional(),
    actorKeyId: z.string().max(200).optional(),
    actorPersonId: z.string().max(200).optional(),
    targetType: AuditTarget.shape.type.optional(),
    targetId: z.string().max(300).optional(),
    outcome: AuditEntry.shape.outcome.unwrap().optional(),
    from: Moment.optional(),
    to: Moment.optional(),
    ...PageRequest,
  }),
  z.object({ items: z.array(AuditRecord), nextCursor: z.string().nullable() }),
);
