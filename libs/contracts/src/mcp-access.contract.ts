import { z } from 'zod';
import { defineEvent, defineRequest } from './define.js';
import { idSchema } from './ids.js';

/* How MCP clients without an API key get in: OAuth 2.1, for one session each time. */

const SessionKey = { projectId: idSchema('project'), sessionId: idSchema('session') };

/**
 * A code that lets its holder admit one client to a session. The developer's app hands it to the session's user:
 * its holder acts for them.
 */
export const issueAccessCode = defineRequest(
  'auth.mcpAccess.issueCode',
  z.strictObject({ ...SessionKey, userId: z.string() }),
  z.object({ code: z.string(), expiresAt: z.string() }),
);

/** What a client registers: its redirect URIs and its name, which is not verified. */
export const McpClient = z.object({
  clientId: z.string(),
  name: z.string(),
  /** The host at whose address its description was read; null for a registration, which needs no credential. */
  describedAt: z.string().nullable(),
  redirectUris: z.array(z.string()),
});
export type McpClient = z.infer<typeof McpClient>;

/** Dynamic registration (RFC 7591). The id is the registration itself, sealed, so that none is kept. */
export const registerMcpClient = defineRequest(
  'auth.mcpAccess.registerClient',
  z.strictObject({
    name: z.string().max(200),
    redirectUris: z.array(z.string().max(500)).min(1).max(10),
  }),
  McpClient,
);

const ClientId = z.string().min(1).max(4_000);
/** Unknown, unreadable, or not with this redirect address: `invalid_request`. */
export const getMcpClient = defineRequest(
  'auth.mcpAccess.getClient',
  z.strictObject({ clientId: ClientId, redirectUri: z.string().max(2_000) }),
  McpClient,
  { timeoutMs: 15_000 },
);

/** The session's user admits a client. Answers the authorization code; a wrong access code is `invalid_request`. */
export const grantMcpAccess = defineRequest(
  'auth.mcpAccess.grant',
  z.strictObject({
    accessCode: z.string().max(100),
    clientId: ClientId,
    redirectUri: z.string().max(2_000),
    codeChallenge: z.string().max(128),
    /** Of the session the client asks for, where it says so. */
    sessionId: idSchema('session').optional(),
  }),
  z.object({ code: z.string() }),
  { timeoutMs: 15_000 },
);

export const McpTokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresInSeconds: z.int(),
});
/** A refusal in the words of RFC 6749, section 5.2. */
export const TokenRefusal = z.object({
  refused: z.enum(['invalid_grant', 'invalid_target']),
  why: z.string(),
});
export type TokenRefusal = z.infer<typeof TokenRefusal>;

export const exchangeMcpGrant = defineRequest(
  'auth.mcpAccess.exchange',
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('code'),
      token: z.string().max(200),
      clientId: ClientId,
      redirectUri: z.string().max(2_000),
      codeVerifier: z.string().max(128),
      sessionId: idSchema('session').optional(),
    }),
    z.strictObject({
      kind: z.literal('refresh'),
      token: z.string().max(200),
      clientId: ClientId,
      sessionId: idSchema('session').optional(),
    }),
  ]),
  z.union([McpTokens, TokenRefusal]),
);

/** What an access token is good for: one session, on behalf of its user. */
export const McpAccess = z.object({
  ...SessionKey,
  userId: z.string(),
  grantId: z.string(),
  /** The project's setting: whether what its calls were given and answered is kept on the record. */
  storePayloads: z.boolean(),
  expiresAt: z.string(),
});
export type McpAccess = z.infer<typeof McpAccess>;

/** The token's SHA-256 travels, never the token. Unknown, expired or revoked: `unauthenticated`. */
export const verifyMcpToken = defineRequest(
  'auth.mcpAccess.verify',
  z.strictObject({ sha256: z.string().length(64) }),
  McpAccess,
);
/** RFC 7009: ends the grant behind either of its tokens. Says nothing of whether there was one. */
export const revokeMcpToken = defineRequest(
  'auth.mcpAccess.revokeToken',
  z.strictObject({ token: z.string().max(200), clientId: ClientId.optional() }),
  z.object({}),
);
/** Shuts out every client that was admitted to a session. */
export const revokeMcpAccess = defineRequest(
  'auth.mcpAccess.revokeAll',
  z.strictObject(SessionKey),
  z.object({ revoked: z.int() }),
);
export const mcpAccessRevoked = defineEvent(
  'events.auth.mcpAccess.revoked',
  z.object({ grantIds: z.array(z.string()) }),
);
