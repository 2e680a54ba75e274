import { z } from 'zod';
import { AuthScheme } from './auth-configs.contract.js';
import { defineEvent, defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { PageRequest, pageOf } from './page.js';
import { ToolkitSlug } from './tool-slug.js';

export const ConnectionStatus = z.enum([
  'INITIALIZING',
  'INITIATED',
  'ACTIVE',
  'FAILED',
  'EXPIRED',
  'INACTIVE',
  'REVOKED',
]);
export type ConnectionStatus = z.infer<typeof ConnectionStatus>;

export const UserIds = z.array(z.string().min(1).max(256)).max(1000);
/** Who besides its creator may use a SHARED account: a denial beats everything, then "all", then the list. */
export const AccessList = z.strictObject({
  allowAllUsers: z.boolean().default(false),
  allowedUserIds: UserIds.default([]),
  notAllowedUserIds: UserIds.default([]),
});
export type AccessList = z.infer<typeof AccessList>;
/** Some of the list, without defaults: what is not given stays, above all who is not allowed. */
const AccessListChanges = z.strictObject({
  allowAllUsers: z.boolean().optional(),
  allowedUserIds: UserIds.optional(),
  notAllowedUserIds: UserIds.optional(),
});

export const AccountType = z.enum(['PRIVATE', 'SHARED']);
export type AccountType = z.infer<typeof AccountType>;

/** A connection as everybody but the vault sees it. */
export const Connection = z.object({
  id: z.string(),
  wordId: z.string(),
  alias: z.string().nullable(),
  userId: z.string(),
  toolkit: z.string(),
  status: ConnectionStatus,
  statusReason: z.string().nullable(),
  authConfig: z.object({
    id: z.string(),
    authScheme: AuthScheme,
    isManaged: z.boolean(),
    enabled: z.boolean(),
  }),
  accountType: AccountType,
  accessList: AccessList,
  /** The account's name at the provider, once known. */
  displayName: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** When it last became ACTIVE; the most recent one is the user's default for the toolkit. */
  connectedAt: z.string().nullable(),
});
export type Connection = z.infer<typeof Connection>;

/** A connection with what lies in its state, masked as the project wants it. */
export const ConnectionDetail = Connection.extend({ state: z.record(z.string(), z.unknown()) });
export type ConnectionDetail = z.infer<typeof ConnectionDetail>;

/** Whether a user may use an account (docs/api/connected-accounts.md#shared-accounts): its creator always may. */
export function mayUseAccount(
  account: Pick<Connection, 'userId' | 'accountType' | 'accessList'>,
  userId: string,
): boolean {
  if (account.userId === userId) return true;
  if (account.accountType !== 'SHARED') return false;
  const { allowAllUsers, allowedUserIds, notAllowedUserIds } = account.accessList;
  if (notAllowedUserIds.includes(userId)) return false;
  return allowAllUsers || allowedUserIds.includes(userId);
}

const ConnectionKey = { projectId: idSchema('project'), id: idSchema('connection') };
export const Alias = z.string().min(1).max(100);

/** Absolute: http, https, or the scheme of an app of the developer's; nothing that a browser would run. */
export const CallbackUrl = z
  .url()
  .max(2_000)
  .refine((url) => !/^(javascript|data|vbscript|file|blob|about|view-source):/i.test(url), {
    message: 'must be an http(s) address or have the scheme of an app',
  });

/** What every new connection may be given, however it is made. */
export const NewConnection = {
  projectId: idSchema('project'),
  userId: z.string().min(1).max(256),
  alias: Alias.optional(),
  callbackUrl: CallbackUrl.optional(),
  accountType: AccountType.default('PRIVATE'),
  accessList: AccessList.optional(),
};

/**
 * Makes an account from credentials at hand: a key, or tokens that were got elsewhere. It is ACTIVE at
 * once; a missing field is `invalid_request`, naming it.
 */
export const createConnection = defineRequest(
  'auth.connections.create',
  z.strictObject({
    ...NewConnection,
    authConfigId: idSchema('authConfig'),
    values: z.record(z.string(), z.unknown()),
    /** Asks the provider first whether it takes the credential. */
    validate: z.boolean().default(false),
  }),
  ConnectionDetail,
  { timeoutMs: 30_000 },
);
export const getConnection = defineRequest(
  'auth.connections.get',
  z.strictObject(ConnectionKey),
  ConnectionDetail,
);
export const listConnections = defineRequest(
  'auth.connections.list',
  z.strictObject({
    projectId: idSchema('project'),
    userIds: z.array(z.string()).optional(),
    toolkits: z.array(ToolkitSlug).optional(),
    authConfigIds: z.array(z.string()).optional(),
    ids: z.array(z.string()).optional(),
    statuses: z.array(ConnectionStatus).optional(),
    accountType: z.enum(['PRIVATE', 'SHARED', 'ALL']).default('PRIVATE'),
    orderBy: z.enum(['createdAt', 'updatedAt']).default('createdAt'),
    ascending: z.boolean().default(false),
    /** Whether what lies in them is told; without it no credential is opened, and each state is empty. */
    withState: z.boolean().default(true),
    ...PageRequest,
  }),
  pageOf(ConnectionDetail),
);
/**
 * An empty alias clears it. `values` change a credential that was entered by hand; null removes a field. An account that
 * becomes PRIVATE loses its access list: shared again, it begins with none.
 */
export const updateConnection = defineRequest(
  'auth.connections.update',
  z.strictObject({
    ...ConnectionKey,
    alias: z.union([Alias, z.literal('')]).optional(),
    values: z.record(z.string(), z.string().nullable()).optional(),
    authScheme: AuthScheme.optional(),
    accountType: AccountType.optional(),
    accessList: AccessListChanges.optional(),
  }),
  Connection,
);
export const setConnectionEnabled = defineRequest(
  'auth.connections.setEnabled',
  z.strictObject({ ...ConnectionKey, enabled: z.boolean(), reason: z.string().max(500).optional() }),
  Connection,
);
export const RevokedToken = z.enum(['access_token', 'refresh_token', 'credential']);
/** Revokes at the provider. A toolkit that cannot: `invalid_request`. Says what was really revoked. */
export const revokeConnection = defineRequest(
  'auth.connections.revoke',
  z.strictObject(ConnectionKey),
  z.object({ connection: Connection, revoked: z.array(RevokedToken) }),
  { timeoutMs: 30_000 },
);
export const deleteConnection = defineRequest(
  'auth.connections.delete',
  z.strictObject({ ...ConnectionKey, revoke: z.boolean().default(false) }),
  z.object({ id: z.string() }),
  { timeoutMs: 30_000 },
);
/** Any move of a connection's status, its creation and its deletion (`status: null`). */
export const connectionChanged = defineEvent(
  'events.auth.connection.changed',
  z.object({
    connectionId: z.string(),
    userId: z.string(),
    toolkit: z.string(),
    status: ConnectionStatus.nullable(),
    reason: z.string().nullable(),
    /** The account as it is now, when it has just been connected, or has expired after it was: for who tells others of it. */
    told: z.object({ account: Connection, organisationId: z.string() }).nullish(),
  }),
);
