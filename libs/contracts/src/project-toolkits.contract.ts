import { z } from 'zod';
import { AuthScheme } from './auth-configs.contract.js';
import { defineEvent, defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { RegistryServerRef } from './mcp-registries.contract.js';
import { PageRequest, pageOf } from './page.js';
import { headerRefusal } from './request-headers.js';
import { ToolkitSlug } from './tool-slug.js';

export const HttpUrl = z.url({ protocol: /^https?$/ }).max(2000);
/** A header's name and value as HTTP has them (RFC 9110, 5.5). */
export const SourceHeaders = z
  .record(
    z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/),
    z.string().regex(/^[\x20-\x7e\t]{0,4000}$/),
  )
  .refine((headers) => Object.keys(headers).length <= 20, { message: 'must be 20 headers at most' })
  .superRefine((headers, context) => {
    for (const [name, value] of Object.entries(headers)) {
      const refusal = headerRefusal(name, value, { isMcp: true });
      if (refusal) context.addIssue({ code: 'custom', path: [name], message: `${name} ${refusal}` });
    }
  });

/** What is the same for everybody of what an entry or a package asks for, by the field's name. The rest is asked of users. */
export const SourceValues = z
  .record(z.string().max(100), z.string().max(4_000))
  .refine((values) => Object.keys(values).length <= 50, { message: 'must be 50 values at most' });
export type SourceValues = z.infer<typeof SourceValues>;

/** Where a toolkit that a project adds comes from. */
export const ToolkitSource = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('openapi'),
    /** The document's address; or the document itself, as an object or as text. */
    url: HttpUrl.optional(),
    document: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
    /** Where the API is, when the document does not say it. */
    baseUrl: HttpUrl.optional(),
  }),
  z.strictObject({
    type: z.literal('mcp'),
    url: HttpUrl,
    /** Sent with each request to the server. Kept sealed, and never shown again. */
    headers: SourceHeaders.optional(),
  }),
  z.strictObject({
    type: z.literal('mcp_registry'),
    ...RegistryServerRef.shape,
    /** Which of the addresses of the entry, where it has several that can be used: counts from 0. */
    remote: z.int().min(0).max(99).optional(),
    /** Or which of its packages, likewise. Without either: the first address that can be used, else the first package. */
    package: z.int().min(0).max(99).optional(),
    values: SourceValues.optional(),
  }),
  z.strictObject({
    type: z.literal('stdio'),
    /** A program, as `server.json` has it in its `packages`: what it is, its arguments and its environment. */
    package: z.record(z.string(), z.unknown()),
    values: SourceValues.optional(),
  }),
]);
export type ToolkitSource = z.infer<typeof ToolkitSource>;

/** What stands for a user's key in a header of a declared sign-in. */
export const KEY_PLACE = '{{generic_api_key}}';
/** The field that a user's key is kept in where its project names no other. */
export const KEY_FIELD = 'generic_api_key';
/** A field's place in a declared header or query parameter. */
export const FIELD_PLACE = /\{\{([a-z][a-z0-9_]{0,49})\}\}/g;

/** Headers or query parameters with what a user gives in them, as in `{ Authorization: 'Bearer {{generic_api_key}}' }`. */
const Places = z
  .record(z.string(), z.string().max(4000))
  .refine((places) => Object.keys(places).length <= 20, { message: 'must be 20 at most' })
  .refine((places) => Object.values(places).every((value) => value.match(FIELD_PLACE)), {
    message: `must have ${KEY_PLACE} where the user's key goes`,
  })
  .superRefine((places, context) => {
    for (const [name, value] of Object.entries(places)) {
      if (/[{}]/.test(value.replaceAll(FIELD_PLACE, '')))
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `${name} may hold ${KEY_PLACE}, and no other braces`,
        });
    }
  });
const KeyHeaders = Places.superRefine((headers, context) => {
  for (const [name, value] of Object.entries(headers)) {
    const refusal = headerRefusal(name, value.replaceAll(FIELD_PLACE, ''), { isMcp: true });
    if (refusal) context.addIssue({ code: 'custom', path: [name], message: `${name} ${refusal}` });
  }
});

/** One thing that a user gives to sign in to a server. */
export const SignInField = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,49}$/),
  displayName: z.string().min(1).max(100),
  description: z.string().max(500).default(''),
  secret: z.boolean().default(true),
  required: z.boolean().default(true),
  default: z.string().max(1000).nullable().default(null),
  /** The values that it may have; without them any. */
  choices: z.array(z.string().max(200)).min(1).max(100).optional(),
});
export type SignInField = z.infer<typeof SignInField>;

const HelpUrl = { helpUrl: HttpUrl.optional() };
const ApiKeySignIn = z
  .strictObject({
    scheme: z.literal('API_KEY'),
    /** Those with the user's key alone: the others are the source's. */
    headers: KeyHeaders.optional(),
    query: Places.optional(),
    /**
     * What a user gives; absent: one key, `generic_api_key`, under the words below. One that stands in no header or parameter
     * is a part of the server's address, as `{name}`.
     */
    fields: z.array(SignInField).min(1).max(30).optional(),
    /** The server may be used without; users are asked only where it wants a sign-in. */
    optional: z.boolean().optional(),
    displayName: z.string().min(1).max(100).optional(),
    description: z.string().min(1).max(500).optional(),
    ...HelpUrl,
  })
  .superRefine(({ headers = {}, query = {}, fields }, context) => {
    const named = new Set(fields?.map(({ name }) => name) ?? [KEY_FIELD]);
    const placed = [...Object.values(headers), ...Object.values(query)].flatMap((value) =>
      [...value.matchAll(FIELD_PLACE)].map(([, name = '']) => name),
    );
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (placed.length === 0 && !fields) issue('headers', `must have ${KEY_PLACE} where the user's key goes`);
    for (const name of new Set(placed)) if (!named.has(name)) issue('fields', `has no ${name}`);
  });

/** How users sign in to an MCP server, as its project or what ships says it; without a word of it, as the server says it itself. */
export const DeclaredAuth = z.discriminatedUnion('scheme', [
  z.strictObject({ scheme: z.literal('NO_AUTH') }),
  ApiKeySignIn,
  z.strictObject({ scheme: z.enum(['DCR_OAUTH', 'CIMD_OAUTH']), discoveryUrl: HttpUrl }),
  /** By an OAuth app of the project's or the operator's own, at the addresses that the server names (RFC 9728, RFC 8414). */
  z.strictObject({ scheme: z.literal('OAUTH2'), scopes: z.array(z.string()).optional(), ...HelpUrl }),
  /** As the server describes it: by whichever way we can be its client without an app. */
  z.strictObject({ scheme: z.literal('DISCOVERED'), ...HelpUrl }),
]);
export type DeclaredAuth = z.infer<typeof DeclaredAuth>;

/** A picture that stands in the address itself; small, as every list of toolkits has it. */
export const Logo = z
  .string()
  .max(45_000)
  .regex(
    /^data:image\/(png;base64,iVBORw0KGgo|jpeg;base64,\/9j\/)[A-Za-z0-9+/]*={0,2}$/,
    'must be a PNG or JPEG',
  );

/** What a changed definition holds back until it is approved. */
export const HeldBack = z.object({
  /** Tools that are new: withheld. */
  added: z.array(z.string()),
  /** Tools that differ: served as they were approved. */
  changed: z.array(z.string()),
  /** Tools that are gone: served no more. */
  removed: z.array(z.string()),
  /** The toolkit's own address or sign-in changed. */
  settings: z.boolean(),
});
export type HeldBack = z.infer<typeof HeldBack>;

export const ProjectToolkit = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  version: z.string(),
  source: z.object({
    type: z.enum(['openapi', 'mcp', 'stdio']),
    /** Of a program the package URL, such as `pkg:npm/server@1.2.3` (ECMA-427). */
    url: z.string().nullable(),
    /** The entry of a registry that it was added by. */
    registry: RegistryServerRef.required().nullish(),
  }),
  authSchemes: z.array(AuthScheme),
  toolCount: z.int(),
  /** Whether it ships, as a vendor's MCP server, and the project has no more than its own reading of it. */
  ships: z.boolean().optional(),
  /** Null when all of the definition is approved, and when what differs was refused. */
  heldBack: HeldBack.nullable(),
  /** Whether the source holds what somebody refused: it is not served, and not asked about again until it changes. */
  hasRefused: z.boolean(),
  /** Why the source could not be read last time, if it could not. */
  problem: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type ProjectToolkit = z.infer<typeof ProjectToolkit>;

const Renamed = z.object({ from: z.string(), to: z.string(), reason: z.string() });
const Refused = z.object({ operation: z.string(), place: z.string(), reason: z.string() });
/** What came of reading a source. */
export const ToolkitImport = z.object({
  toolkit: ProjectToolkit,
  imported: z.array(z.string()),
  renamed: z.array(Renamed),
  refused: z.array(Refused),
  /** What was taken, and not quite as the source has it. */
  adjusted: z.array(Refused).default([]),
});
export type ToolkitImport = z.output<typeof ToolkitImport>;

export const ToolkitName = z.string().min(1).max(60);
const ToolkitKey = { projectId: idSchema('project'), slug: ToolkitSlug };

/** Reading a source takes as long as the other side may. */
const READING = { timeoutMs: 45_000 };

/** Adds a toolkit to a project, or reads its source again. The first definition is approved by being added. */
export const upsertToolkit = defineRequest(
  'tools.projectToolkits.upsert',
  z.strictObject({
    projectId: idSchema('project'),
    slug: ToolkitSlug.pipe(
      z
        .string()
        .regex(/^[a-z][a-z0-9_-]{0,49}$/, 'must be a letter and up to 49 letters, digits, "_" or "-"'),
    ),
    name: ToolkitName.optional(),
    source: ToolkitSource,
    /** Of an MCP server alone. A toolkit for which it was declared keeps its address and its schemes: `conflict`. */
    auth: z.array(DeclaredAuth).min(1).max(3).optional(),
    logo: Logo.optional(),
    /** Whether what differs from the approved definition is approved at once. */
    approve: z.boolean().default(false),
  }),
  ToolkitImport,
  READING,
);
/**
 * Before an account is connected, or an auth config made: of a vendor's MCP server that ships, the project finds out how it is
 * signed in to, once. Of any other toolkit nothing happens.
 */
export const prepareToolkit = defineRequest(
  'tools.projectToolkits.prepare',
  z.strictObject(ToolkitKey),
  z.object({}),
  READING,
);
/** Reads the source again, and holds back what changed. */
export const refreshToolkit = defineRequest(
  'tools.projectToolkits.refresh',
  z.strictObject({
    ...ToolkitKey,
    /** The account whose tools they are, where the server wants a sign-in; without it the oldest one. */
    connectionId: idSchema('connection').optional(),
  }),
  ToolkitImport,
  READING,
);
/** What was held back is served from now on. */
export const approveToolkit = defineRequest(
  'tools.projectToolkits.approve',
  z.strictObject(ToolkitKey),
  ProjectToolkit,
);
/** What is held back stays so, and is not asked about again until the source has something else. */
export const refuseToolkit = defineRequest(
  'tools.projectToolkits.refuse',
  z.strictObject(ToolkitKey),
  ProjectToolkit,
);

/** A part of a definition as people compare it: names and values. */
const ComparedPart = z.record(z.string(), z.unknown());
/** What of a toolkit differs between what is approved and what its source says now. */
export const ToolkitChange = z.object({
  /** `settings` is where calls and credentials go. */
  subject: z.enum(['settings', 'tool']),
  /** Null of the settings. */
  toolSlug: z.string().nullable(),
  change: z.enum(['added', 'changed', 'removed']),
  approved: ComparedPart.nullable(),
  latest: ComparedPart.nullable(),
});
export type ToolkitChange = z.infer<typeof ToolkitChange>;
/** Every difference that waits, or was refused; the settings first. */
export const listToolkitChanges = defineRequest(
  'tools.projectToolkits.changes.list',
  z.strictObject({ ...ToolkitKey, ...PageRequest }),
  pageOf(ToolkitChange),
);
export const getProjectToolkit = defineRequest(
  'tools.projectToolkits.get',
  z.strictObject(ToolkitKey),
  ProjectToolkit,
);
export const listProjectToolkits = defineRequest(
  'tools.projectToolkits.list',
  z.strictObject({ projectId: idSchema('project'), ...PageRequest }),
  pageOf(ProjectToolkit),
);
/** Its accounts and auth configs go with it. */
export const deleteToolkit = defineRequest(
  'tools.projectToolkits.delete',
  z.strictObject(ToolkitKey),
  z.object({ slug: z.string(), authConfigs: z.int(), accounts: z.int() }),
);

/** What a project's toolkits are was changed: added, read again, approved or deleted. */
export const toolkitChanged = defineEvent(
  'events.tools.toolkit.changed',
  z.object({
    projectId: z.string(),
    slug: z.string(),
    /** What is sent to its server is another now, or it is gone: sessions that are held with it are over. */
    isMoved: z.boolean().default(false),
    /** What was read just now and is held back; nothing when nothing is, or it was held back before. */
    heldBack: HeldBack.extend({ name: z.string() }).nullish(),
  }),
);

/* ---------- how they authenticate, for `auth` ---------- */

/** What `auth` has to know of a project's toolkit to connect accounts for it. */
export const ToolkitRegistration = z.object({
  slug: z.string(),
  name: z.string(),
  logo: z.string(),
  baseUrl: z.string().nullable(),
  /** Descriptions of `libs/toolkits`, which `tools` made and checked. */
  auth: z.array(z.looseObject({ scheme: AuthScheme })),
  /** It ships, and this is how this project signs in to it. */
  ships: z.boolean().optional(),
});
export type ToolkitRegistration = z.infer<typeof ToolkitRegistration>;

/** Only `tools` may send these (infra/nats/nats.conf). */
export const registerToolkit = defineRequest(
  'auth.toolkits.register',
  z.strictObject({
    projectId: idSchema('project'),
    toolkit: ToolkitRegistration,
    /** Kept sealed. Absent: what is kept stays, unless the toolkit's origin is another one now. */
    headers: SourceHeaders.optional(),
    /** Of a program, in place of headers: values for its environment and its arguments. Kept likewise. */
    values: SourceValues.optional(),
  }),
  z.object({}),
);
export const unregisterToolkit = defineRequest(
  'auth.toolkits.unregister',
  z.strictObject(ToolkitKey),
  z.object({ authConfigs: z.int(), accounts: z.int() }),
);
/** The headers or the values that were kept for a toolkit, opened; none at another origin than they were given for. */
export const openToolkitHeaders = defineRequest(
  'auth.credentials.openHeaders',
  z.strictObject({ ...ToolkitKey, address: z.url().max(2000) }),
  z.object({ headers: z.record(z.string(), z.string()) }),
);
/** Null: it is no more. */
export const toolkitRegistered = defineEvent(
  'events.auth.toolkit.registered',
  z.object({ projectId: z.string(), slug: z.string(), toolkit: ToolkitRegistration.nullable() }),
);
