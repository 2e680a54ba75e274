import { z } from 'zod';
import { AuthField, AuthScheme } from './auth-configs.contract.js';
import { CALL_TIMEOUT_MS, CallOrigin, CallOutcome } from './calls.contract.js';
import { GivenCredential } from './credentials.contract.js';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { JsonSchema } from './json-schema.js';
import { PageRequest, pageOf } from './page.js';
import { SessionScope } from './session-scope.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';

/* ---------- catalogue ---------- */

/** A way of authenticating that a toolkit takes, and what it asks of whom. */
export const ToolkitAuth = z.object({
  scheme: AuthScheme,
  /** Asked of the developer who makes a config. */
  configFields: z.array(AuthField),
  /** Asked of the person who connects an account. */
  connectionFields: z.array(AuthField),
  helpUrl: z.string().nullable(),
});
export type ToolkitAuth = z.infer<typeof ToolkitAuth>;

export const Toolkit = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  logo: z.string(),
  categories: z.array(z.string()),
  version: z.string(),
  /** Added by the project itself, for itself. */
  isCustom: z.boolean(),
  baseUrl: z.string().nullable(),
  /** Empty when no account is needed. */
  auth: z.array(ToolkitAuth),
  /** The schemes for which the operator supplied credentials. */
  managedAuthSchemes: z.array(AuthScheme),
  toolCount: z.int(),
});
export type Toolkit = z.infer<typeof Toolkit>;

/** A tool as an agent sees it. */
export const ToolDefinition = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  toolkit: z.object({ slug: z.string(), name: z.string(), logo: z.string() }),
  inputSchema: JsonSchema,
  outputSchema: JsonSchema,
  needsAccount: z.boolean(),
  version: z.string(),
  scopes: z.array(z.string()),
  /** Hints of the Model Context Protocol, `important`, and free words. */
  tags: z.array(z.string()),
  deprecated: z.boolean(),
  /** Slugs that it had before, which still name it. */
  aliases: z.array(z.string()).optional(),
});
export type ToolDefinition = z.infer<typeof ToolDefinition>;

/** Whose catalogue: what ships, and the toolkits of the project's own. */
const OfProject = { projectId: idSchema('project') };

/**
 * The moment whose versions of the tools are meant: of each toolkit the newest version that was there then, or
 * the first one of a toolkit that came later. Absent: the newest ones.
 */
export const ToolsAt = z.iso.datetime().optional();

export const listToolkits = defineRequest(
  'tools.toolkits.list',
  z.strictObject({
    ...OfProject,
    slugs: z.array(ToolkitSlug).optional(),
    search: z.string().optional(),
    category: z.string().optional(),
    /** What ships or was set up by the operator, or what the project added. */
    kind: z.enum(['native', 'custom']).optional(),
    /** Only those for which the operator has an OAuth app. */
    managedOnly: z.boolean().default(false),
    /** `usage`: the best known first. */
    sortBy: z.enum(['usage', 'name']).default('usage'),
    /** Only the toolkits that a session may use. */
    scope: SessionScope.optional(),
    ...PageRequest,
  }),
  pageOf(Toolkit),
);
export const getToolkit = defineRequest(
  'tools.toolkits.get',
  z.strictObject({ ...OfProject, slug: ToolkitSlug }),
  Toolkit,
);

export const listTools = defineRequest(
  'tools.catalogue.list',
  z.strictObject({
    ...OfProject,
    toolkits: z.array(ToolkitSlug).optional(),
    /** Overrides the other filters; unknown slugs are left out. */
    slugs: z.array(ToolSlug).optional(),
    tags: z.array(z.string()).optional(),
    /** Tools that one of these OAuth scopes is for. */
    scopes: z.array(z.string()).optional(),
    /** Toolkits as auth configs narrow them down; null: all of its tools. */
    within: z.array(z.strictObject({ toolkit: ToolkitSlug, tools: z.array(ToolSlug).nullable() })).optional(),
    includeDeprecated: z.boolean().default(true),
    search: z.string().optional(),
    /** Only the tools that a session may use. */
    scope: SessionScope.optional(),
    toolsAt: ToolsAt,
    ...PageRequest,
  }),
  pageOf(ToolDefinition),
);
/** The slugs of all tools. */
export const listSlugs = defineRequest(
  'tools.catalogue.slugs',
  z.strictObject({ ...OfProject }),
  z.array(z.string()),
);
/** Unknown: `tool_not_found`, with near matches in the suggestion. */
export const getTool = defineRequest(
  'tools.catalogue.get',
  z.strictObject({ ...OfProject, slug: ToolSlug }),
  ToolDefinition,
);

/** Which of these toolkits and tools exist, for checking a session's configuration; near matches for those that do not. */
export const checkSlugs = defineRequest(
  'tools.catalogue.check',
  z.strictObject({ ...OfProject, scope: SessionScope, preload: z.array(ToolSlug), toolsAt: ToolsAt }),
  z.object({
    unknownToolkits: z.array(z.string()),
    unknownTools: z.array(z.string()),
    /** Preloaded tools that the scope itself excludes. */
    preloadOutOfScope: z.array(z.string()),
  }),
);

/* ---------- search ---------- */

export const SearchQuery = z.strictObject({
  useCase: z.string().min(1).max(1024),
  knownFields: z.string().max(500).optional(),
});
export const SearchHit = z.object({
  useCase: z.string(),
  primaryTools: z.array(z.string()),
  relatedTools: z.array(z.string()),
  toolkits: z.array(z.string()),
});
export const SearchOutcome = z.object({ hits: z.array(SearchHit), tools: z.array(ToolDefinition) });
export type SearchOutcome = z.infer<typeof SearchOutcome>;

export const searchTools = defineRequest(
  'tools.catalogue.search',
  z.strictObject({
    ...OfProject,
    queries: z.array(SearchQuery).min(1).max(50),
    scope: SessionScope,
    toolkits: z.array(ToolkitSlug).optional(),
    toolsAt: ToolsAt,
  }),
  SearchOutcome,
);

/* ---------- execution ---------- */

/** `latest`, the zero version of a toolkit's first days, or one of its own. */
export const ToolVersion = z.union([
  z.literal('latest'),
  z.string().regex(/^\d{8}_\d{2}$/, 'must look like 20261122_00'),
]);
export const ZERO_VERSION = '00000000_00';

/** What of a session decides over a call: its scope, and which accounts it fixed. */
export const CallSession = z.strictObject({
  /** Null: a call outside of sessions, by the developer himself. */
  id: idSchema('session').nullable(),
  userId: z.string(),
  scope: SessionScope,
  /** Toolkit to auth config id. */
  authConfigs: z.record(ToolkitSlug, z.string()),
  /** Toolkit to the connections pinned for it. */
  connectedAccounts: z.record(ToolkitSlug, z.array(z.string())),
  /** Several accounts: the call must name one. */
  requireChoice: z.boolean(),
  toolsAt: ToolsAt,
});
export type CallSession = z.infer<typeof CallSession>;

/** What a developer adds to the requests of one call himself. */
export const CustomAuth = z.strictObject({
  /** Instead of the toolkit's; with an account's credential it must be the provider's own. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  parameters: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        in: z.enum(['query', 'header']),
        value: z.string(),
      }),
    )
    .max(50)
    .default([]),
  /** Fields of a JSON body. */
  body: z.record(z.string(), z.unknown()).optional(),
});
export type CustomAuth = z.infer<typeof CustomAuth>;

/**
 * Runs an app tool for a session. The scope is enforced here, whatever door the call came through.
 * Refusals are errors (`tool_not_found`, `toolkit_not_allowed`, `tool_not_allowed`, `no_active_connection`, …);
 * once the tool was tried, its failure is an outcome.
 */
export const executeTool = defineRequest(
  'tools.calls.execute',
  z.strictObject({
    projectId: idSchema('project'),
    session: CallSession,
    toolSlug: ToolSlug,
    arguments: z.record(z.string(), z.unknown()),
    account: z.string().min(1).max(200).optional(),
    /** Of the tool; absent: the one that the session or the catalogue has. */
    version: ToolVersion.optional(),
    /** Instead of an account. */
    credential: GivenCredential.optional(),
    customAuth: CustomAuth.optional(),
    /** Passed on to providers that take one: two calls with the same key are carried out once. */
    idempotencyKey: z.string().min(1).max(200).optional(),
    ...CallOrigin.shape,
  }),
  CallOutcome,
  { timeoutMs: CALL_TIMEOUT_MS },
);

/* ---------- proxy ---------- */

export const ProxyMethod = z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD']);

/**
 * Sends any request to a toolkit's provider with an account's credential. What the provider answers, refusals
 * too, is the outcome. Errors: `toolkit_not_allowed`, `origin_mismatch`, `target_not_public`,
 * `provider_unreachable`, `provider_timeout`, and those of the account.
 */
export const proxyRequest = defineRequest(
  'tools.calls.proxy',
  z.strictObject({
    projectId: idSchema('project'),
    session: CallSession,
    toolkit: ToolkitSlug,
    account: z.string().min(1).max(200).optional(),
    credential: GivenCredential.optional(),
    method: ProxyMethod,
    /** A whole address, or a path under the account's base URL. */
    endpoint: z.string().min(1).max(8192),
    parameters: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(200),
          in: z.enum(['query', 'header']),
          value: z.string(),
        }),
      )
      .max(200),
    /** JSON, or a text that is sent as it is. */
    body: z.unknown().optional(),
    binaryBody: z
      .union([
        z.strictObject({ base64: z.base64().min(1), contentType: z.string().max(200).optional() }),
        z.strictObject({
          url: z.url({ protocol: /^https?$/ }),
          contentType: z.string().max(200).optional(),
        }),
      ])
      .optional(),
    idempotencyKey: z.string().min(1).max(200).optional(),
    ...CallOrigin.shape,
  }),
  z.object({
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    /** JSON or text. */
    data: z.unknown().optional(),
    /** What is neither, or too long: behind a link. */
    binary: z
      .object({ url: z.string(), contentType: z.string(), size: z.int(), expiresAt: z.string() })
      .optional(),
  }),
  { timeoutMs: CALL_TIMEOUT_MS },
);

/* ---------- input from a text ---------- */

/** Makes a tool's arguments out of a text, by the operator's model. Without one, or when it fails: `error`. */
export const generateInput = defineRequest(
  'tools.inputs.generate',
  z.strictObject({
    projectId: idSchema('project'),
    toolSlug: ToolSlug,
    text: z.string().min(1).max(20_000),
    /** In place of the tool's own description. */
    description: z.string().max(20_000).optional(),
    systemPrompt: z.string().max(20_000).optional(),
  }),
  z.object({ arguments: z.record(z.string(), z.unknown()).optional(), error: z.string().optional() }),
  { timeoutMs: CALL_TIMEOUT_MS },
);
