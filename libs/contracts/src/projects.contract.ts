import { z } from 'zod';
import { defineEvent, defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { KeyAreas } from './key-areas.js';
import { PageRequest, pageOf } from './page.js';

/** What a project decides for its sessions and its users (docs/api/projects.md#settings). */
export const ProjectSettings = z.strictObject({
  /** What end users see on the Connect pages; the project's name stands in for it. */
  displayName: z.string().max(100).nullable().default(null),
  logoUrl: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .nullable()
    .default(null),
  /** Whether the page of a link asks before it goes on to the provider, for the operator's OAuth apps. */
  showLinkPage: z.boolean().default(true),
  /** Whether answers show the secrets of accounts on the project's own auth configs only in part. */
  maskSecrets: z.boolean().default(true),
  /** Whether deleting an account revokes its tokens at the provider, asked or not. */
  alwaysRevokeOnDelete: z.boolean().default(false),
  /** Origins that links may send browsers back to, such as `https://app.example.com`; empty: any. */
  allowedCallbackOrigins: z.array(z.string().max(300)).max(100).default([]),
  /**
   * Whether a sign-in may only end in the browser that it began in. Without it, a person who is sent the provider's address
   * of another user's sign-in connects an account of their own for that user.
   */
  bindSignInToBrowser: z.boolean().default(true),
  /**
   * A page of the developer's own app that browsers go to from a provider, before anything is connected: there the app says
   * which user is in front of it, and completes the sign-in by `completeVerifiedOAuth`. It can be missing: a gateway of
   * 0.2.0 takes no setting that it does not know.
   */
  callbackVerifierUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable()
    .optional(),
  storePayloads: z.boolean().default(true),
  requireMcpApiKey: z.boolean().default(true),
  fileUrlSeconds: z.int().min(60).max(604_800).default(3600),
  checkAccountOwner: z.boolean().default(true),
});
export type ProjectSettings = z.infer<typeof ProjectSettings>;

type SettingFields = typeof ProjectSettings.shape;
/** Some of the settings, without their defaults: these must not undo what was set before. */
export const ProjectSettingsChanges = z.strictObject(
  Object.fromEntries(
    Object.entries(ProjectSettings.shape).map(([name, field]) => [name, field.unwrap().optional()]),
  ) as { [Name in keyof SettingFields]: z.ZodOptional<ReturnType<SettingFields[Name]['unwrap']>> },
);

export const Project = z.object({
  id: z.string(),
  name: z.string(),
  settings: ProjectSettings,
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Project = z.infer<typeof Project>;

/** A key without the key: `hint` shows its first and last characters. */
export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  hint: z.string(),
  /** Null for a key that may do all that its project may. */
  areas: KeyAreas.nullable(),
  createdAt: z.string(),
  /** To about five minutes; null: never. */
  lastUsedAt: z.string().nullable().default(null),
});
export type ApiKey = z.infer<typeof ApiKey>;
/** The plain key is in the answer of its creation and nowhere else. */
export const NewApiKey = ApiKey.extend({ key: z.string() });
export type NewApiKey = z.infer<typeof NewApiKey>;

const ProjectKey = { projectId: idSchema('project') };
const KeyName = z.string().min(1).max(100);

export const ProjectName = z
  .string()
  .min(3)
  .max(75)
  .regex(/^[A-Za-z0-9_-]+$/, 'may hold letters, digits, "_" and "-"');

export const createProject = defineRequest(
  'auth.projects.create',
  z.strictObject({
    name: ProjectName,
    createApiKey: z.boolean().default(false),
  }),
  z.object({ project: Project, apiKey: NewApiKey.nullable() }),
);
export const getProject = defineRequest(
  'auth.projects.get',
  z.strictObject(ProjectKey),
  z.object({ project: Project, apiKeys: z.array(ApiKey) }),
);
export const listProjects = defineRequest(
  'auth.projects.list',
  z.strictObject({
    /** Those alone in which this person has a role of their own. */
    memberId: idSchema('person').optional(),
    ...PageRequest,
  }),
  pageOf(Project),
);
/** Takes everything of the project with it: keys, accounts, sessions. */
export const deleteProject = defineRequest(
  'auth.projects.delete',
  z.strictObject(ProjectKey),
  z.object({ id: z.string() }),
);
export const updateProjectSettings = defineRequest(
  'auth.projects.updateSettings',
  z.strictObject({ ...ProjectKey, changes: ProjectSettingsChanges }),
  Project,
);
export const projectUpdated = defineEvent('events.auth.project.updated', z.object({ projectId: z.string() }));
export const projectDeleted = defineEvent('events.auth.project.deleted', z.object({ projectId: z.string() }));

export const createApiKey = defineRequest(
  'auth.keys.create',
  z.strictObject({ ...ProjectKey, name: KeyName, areas: KeyAreas.nullable().default(null) }),
  NewApiKey,
);
/** A fresh key in place of all the project has: the old ones stop working within a second. */
export const rotateApiKeys = defineRequest('auth.keys.rotate', z.strictObject(ProjectKey), NewApiKey);
export const revokeApiKey = defineRequest(
  'auth.keys.revoke',
  z.strictObject({ ...ProjectKey, keyId: idSchema('apiKey') }),
  z.object({ id: z.string() }),
);
/** For the finder of leaked keys: revokes those that are known, by their SHA-256. */
export const revokeLeakedKeys = defineRequest(
  'auth.keys.revokeLeaked',
  z.strictObject({ sha256: z.array(z.string().length(64)).min(1).max(100) }),
  z.object({ received: z.int() }),
);

/** Who a key speaks for. An organisation key has no project; a project key has no other rights. */
export const Principal = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('project'),
    keyId: z.string(),
    /** The key's name. */
    name: z.string(),
    projectId: z.string(),
    /** The project's setting of that name: whether the record keeps what calls were given and gave. */
    storePayloads: z.boolean(),
    areas: KeyAreas.nullable(),
  }),
  z.object({ kind: z.literal('organisation'), keyId: z.string(), name: z.string() }),
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
