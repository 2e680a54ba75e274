import { z } from 'zod';
import { defineEvent, defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { PageRequest, pageOf } from './page.js';
import { ToolkitSlug } from './tool-slug.js';

/* ---------- projects and API keys ---------- */

export const Project = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string().nullable(),
  createdAt: z.string(),
});
export type Project = z.infer<typeof Project>;

export const CreateProject = z.strictObject({
  name: z
    .string()
    .min(3)
    .max(75)
    .regex(/^[A-Za-z0-9_-]+$/, 'may hold letters, digits, "_" and "-"'),
  createApiKey: z.boolean().default(false),
});

/** The plain `apiKey` is in the answer of its creation and nowhere else. */
export const createProject = defineRequest(
  'auth.projects.create',
  CreateProject,
  z.object({ project: Project, apiKey: z.string().nullable() }),
);
export const listProjects = defineRequest(
  'auth.projects.list',
  z.strictObject({ ...PageRequest }),
  pageOf(Project),
);

/** Who a key speaks for. An organisation key has no project; a project key has no other rights. */
export const Principal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('project'), keyId: z.string(), projectId: z.string() }),
  z.object({ kind: z.literal('organisation'), keyId: z.string() }),
]);
export type Principal = z.infer<typeof Principal>;

/** The key's SHA-256 travels, never the key. Unknown or revoked: `unauthenticated`. */
export const verifyApiKey = defineRequest(
  'auth.keys.verify',
  z.strictObject({ sha256: z.string().length(64) }),
  Principal,
);
export const apiKeyRevoked = defineEvent(
  'events.auth.key.revoked',
  z.object({ keyId: z.string(), sha256: z.string() }),
);

/* ---------- connections: one user's account at one provider ---------- */

export const AuthScheme = z.enum(['OAUTH2', 'NO_AUTH']);
export type AuthScheme = z.infer<typeof AuthScheme>;

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

/** A connection as everybody but the vault sees it: no credential in it. */
export const Connection = z.object({
  id: z.string(),
  wordId: z.string(),
  alias: z.string().nullable(),
  userId: z.string(),
  toolkit: z.string(),
  status: ConnectionStatus,
  statusReason: z.string().nullable(),
  authConfig: z.object({ id: z.string(), authScheme: AuthScheme, isManaged: z.boolean() }),
  /** The account's name at the provider, once known. */
  displayName: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** When it last became ACTIVE; the most recent one is the user's default for the toolkit. */
  connectedAt: z.string().nullable(),
});
export type Connection = z.infer<typeof Connection>;

const ConnectionKey = { projectId: idSchema('project'), id: idSchema('connection') };

export const getConnection = defineRequest('auth.connections.get', z.strictObject(ConnectionKey), Connection);
export const listConnections = defineRequest(
  'auth.connections.list',
  z.strictObject({
    projectId: idSchema('project'),
    userIds: z.array(z.string()).optional(),
    toolkits: z.array(ToolkitSlug).optional(),
    authConfigIds: z.array(z.string()).optional(),
    ids: z.array(z.string()).optional(),
    statuses: z.array(ConnectionStatus).optional(),
    ...PageRequest,
  }),
  pageOf(Connection),
);
export const deleteConnection = defineRequest(
  'auth.connections.delete',
  z.strictObject(ConnectionKey),
  z.object({ id: z.string() }),
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
  }),
);

/* ---------- connect links ---------- */

/** Which account or accounts a session fixed for a toolkit, and how it chooses among several. */
export const AccountRules = z.object({
  authConfigId: z.string().optional(),
  pinned: z.array(z.string()).optional(),
  requireChoice: z.boolean().default(false),
});
export type AccountRules = z.infer<typeof AccountRules>;

/** Absolute: http, https, or the scheme of an app of the developer's; nothing that a browser would run. */
export const CallbackUrl = z
  .url()
  .max(2_000)
  .refine((url) => !/^(javascript|data|vbscript|file|blob|about|view-source):/i.test(url), {
    message: 'must be an http(s) address or have the scheme of an app',
  });

export const createLink = defineRequest(
  'auth.links.create',
  z.strictObject({
    projectId: idSchema('project'),
    userId: z.string().min(1),
    toolkit: ToolkitSlug,
    authConfigId: z.string().optional(),
    callbackUrl: CallbackUrl.optional(),
    alias: z.string().min(1).max(100).optional(),
  }),
  z.object({
    token: z.string(),
    /** The page to send the user to. */
    url: z.string(),
    connection: Connection,
    expiresAt: z.string(),
  }),
);

/** What the hosted page may show to whoever holds the link. */
export const LinkView = z.object({
  toolkit: z.object({ slug: z.string(), name: z.string(), logo: z.string() }),
  projectName: z.string(),
  /** Where the person signs in, such as `https://github.com`. */
  signInOrigin: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.string(),
});
export type LinkView = z.infer<typeof LinkView>;

const LinkToken = z.strictObject({ token: z.string().min(1).max(200) });
/** Expired, used or unknown: `link_not_usable`. */
export const getLink = defineRequest('auth.links.get', LinkToken, LinkView);
/**
 * The person agreed: answers the provider's address to send the browser to. Until a sign-in has ended
 * the link can be followed again (a browser's "back"); each time makes the states before it void.
 */
export const followLink = defineRequest(
  'auth.links.follow',
  LinkToken,
  z.object({ redirectUrl: z.string() }),
);

/** How the round trip to the provider ended, and where the browser goes now. */
export const ConnectOutcome = z.object({
  status: z.enum(['success', 'failed']),
  connectionId: z.string(),
  toolkit: z.object({ slug: z.string(), name: z.string(), logo: z.string() }),
  projectName: z.string(),
  /** The developer's page given when the link was made, without our parameters. */
  callbackUrl: z.string().nullable(),
  error: z.string().nullable(),
  errorDescription: z.string().nullable(),
});
export type ConnectOutcome = z.infer<typeof ConnectOutcome>;

/** The provider sent the browser back. `query` is the callback's whole query; an unknown state is `link_not_usable`. */
export const completeOAuth = defineRequest(
  'auth.oauth.complete',
  z.strictObject({ query: z.record(z.string(), z.string()) }),
  ConnectOutcome,
  { timeoutMs: 30_000 },
);

/* ---------- credentials: only `tools` may ask ---------- */

/** What has to be put into the request to the provider. Never kept, never logged. */
export const OpenedCredential = z.object({
  connectionId: z.string(),
  headers: z.record(z.string(), z.string()),
  query: z.record(z.string(), z.string()),
});
export type OpenedCredential = z.infer<typeof OpenedCredential>;

/**
 * Decides which account a call uses (contract, endpoints 2.13) and opens its credential, in one message.
 * Errors: `no_active_connection`, `account_not_usable`, `account_choice_required`.
 */
export const openCredential = defineRequest(
  'auth.credentials.open',
  z.strictObject({
    projectId: idSchema('project'),
    userId: z.string(),
    toolkit: ToolkitSlug,
    /** Account id, word id or alias. */
    account: z.string().optional(),
    rules: AccountRules,
  }),
  OpenedCredential,
);
