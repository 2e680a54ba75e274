import { z } from 'zod';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { SealedValues } from './keyring.contract.js';
import { PageRequest, pageOf } from './page.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';

/** All that there are (docs/api/auth-configs.md#schemes). A toolkit says which of them it takes. */
export const AuthScheme = z.enum([
  'OAUTH2',
  'OAUTH1',
  'API_KEY',
  'BASIC',
  'BEARER_TOKEN',
  'GOOGLE_SERVICE_ACCOUNT',
  'NO_AUTH',
  'BASIC_WITH_JWT',
  'SERVICE_ACCOUNT',
  'DCR_OAUTH',
  'CIMD_OAUTH',
  'S2S_OAUTH2',
]);
export type AuthScheme = z.infer<typeof AuthScheme>;

/** One thing that a developer (for a config) or an end user (for an account) has to give. */
export const AuthField = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  required: z.boolean(),
  /** Never shown again once given. */
  secret: z.boolean(),
  default: z.string().nullable(),
  /** The values that it may have; without them any. */
  choices: z.array(z.string()).optional(),
});
export type AuthField = z.infer<typeof AuthField>;

/** Values by the field's name. */
export const FieldValues = z.record(z.string().max(100), z.string().max(20_000));
export type FieldValues = z.infer<typeof FieldValues>;

/** How a toolkit is authenticated in a project. Secrets are in it: presenters mask them. */
export const AuthConfig = z.object({
  id: z.string(),
  toolkit: z.string(),
  name: z.string(),
  authScheme: AuthScheme,
  /** The operator's own OAuth app. */
  isManaged: z.boolean(),
  enabled: z.boolean(),
  /** The credentials that are no secrets; of the secret ones, their names. */
  credentials: FieldValues,
  secretCredentials: z.array(z.string()),
  /** OAuth scopes to ask for instead of the toolkit's; an empty list asks for none. */
  scopes: z.array(z.string()).nullable(),
  userScopes: z.array(z.string()).nullable(),
  /** Only these tools may run on its accounts; null: all. */
  allowedTools: z.array(z.string()).nullable(),
  /** OAuth: ask for the least that these tools need. */
  toolsForConnecting: z.array(z.string()).nullable(),
  isEnabledForSessions: z.boolean(),
  connectionCount: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type AuthConfig = z.infer<typeof AuthConfig>;

const Scopes = z.array(z.string().max(500)).max(200);
const Tools = z.array(ToolSlug).max(1000);

/** What can be set at creation and changed later. */
export const AuthConfigSettings = {
  name: z.string().min(1).max(200).optional(),
  credentials: FieldValues.optional(),
  /** More of them, sealed to a transfer key; a name is in one of the two. */
  sealedCredentials: SealedValues.optional(),
  scopes: Scopes.nullish(),
  userScopes: Scopes.nullish(),
  allowedTools: Tools.nullish(),
  toolsForConnecting: Tools.nullish(),
  isEnabledForSessions: z.boolean().optional(),
};

const ConfigKey = { projectId: idSchema('project'), id: idSchema('authConfig') };

/** A managed one where the operator supplied no app: `no_auth_config`. */
export const createAuthConfig = defineRequest(
  'auth.configs.create',
  z.strictObject({
    projectId: idSchema('project'),
    toolkit: ToolkitSlug,
    isManaged: z.boolean(),
    /** Of a custom one; a managed one has the toolkit's first. */
    authScheme: AuthScheme.optional(),
    ...AuthConfigSettings,
  }),
  AuthConfig,
);
export const listAuthConfigs = defineRequest(
  'auth.configs.list',
  z.strictObject({
    projectId: idSchema('project'),
    toolkits: z.array(ToolkitSlug).optional(),
    isManaged: z.boolean().optional(),
    includeDisabled: z.boolean().default(false),
    search: z.string().max(200).optional(),
    ...PageRequest,
  }),
  pageOf(AuthConfig),
);
export const getAuthConfig = defineRequest('auth.configs.get', z.strictObject(ConfigKey), AuthConfig);
/** Fields left out stay; `credentials` are merged, an empty value removes one. */
export const updateAuthConfig = defineRequest(
  'auth.configs.update',
  z.strictObject({ ...ConfigKey, isManaged: z.boolean(), ...AuthConfigSettings }),
  AuthConfig,
);
/** Disabled: its accounts become INACTIVE; enabled again: those are back. */
export const setAuthConfigEnabled = defineRequest(
  'auth.configs.setEnabled',
  z.strictObject({ ...ConfigKey, enabled: z.boolean() }),
  AuthConfig,
);
/** What could be found out of the credentials of a config, without anybody signing in. */
export const AuthConfigCheck = z.object({
  outcome: z.enum(['accepted', 'refused', 'unreachable', 'unknown']),
  /** What it means, in a sentence or two. */
  message: z.string(),
  /** What the provider said, if it said something. */
  answer: z.string().nullable(),
});
export type AuthConfigCheck = z.infer<typeof AuthConfigCheck>;
/** Asks the provider twice at most, and leaves nothing behind there or here. */
export const checkAuthConfig = defineRequest(
  'auth.configs.check',
  z.strictObject(ConfigKey),
  AuthConfigCheck,
  { timeoutMs: 40_000 },
);
/** Takes its accounts with it. */
export const deleteAuthConfig = defineRequest(
  'auth.configs.delete',
  z.strictObject({ ...ConfigKey, revoke: z.boolean().default(false) }),
  z.object({ id: z.string() }),
  { timeoutMs: 30_000 },
);
