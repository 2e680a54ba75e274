import { z } from 'zod';
import { AuthField, AuthScheme } from './auth-configs.contract.js';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { JsonSchema } from './json-schema.js';
import { PageRequest, pageOf } from './page.js';
import { SearchExplanation } from './search-explanation.js';
import { SessionScope } from './session-scope.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';

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

/**
 * How a toolkit that ships came to be: tools written by hand and checked against the provider's document, tools imported
 * from such a document or from a description that was drawn up where there is none, or the vendor's own MCP server.
 */
export const ToolkitGrade = z.enum(['written', 'imported', 'vendor_mcp']);
export type ToolkitGrade = z.infer<typeof ToolkitGrade>;

/** What is known of how good a toolkit is. */
export const ToolkitQuality = z.object({
  grade: ToolkitGrade,
  /** The day on which it was tried with the living provider; null: nobody of us has yet. */
  triedOn: z.string().nullable(),
  /** Where its facts are from; null where the code itself says it, tool by tool. */
  source: z.object({ from: z.string(), readOn: z.string() }).nullable(),
});
export type ToolkitQuality = z.infer<typeof ToolkitQuality>;

export const Toolkit = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  logo: z.string(),
  categories: z.array(z.string()),
  version: z.string(),
  /** Newest first; absent when there is just the one. */
  availableVersions: z.array(z.string()).optional(),
  /** Added by the project itself, for itself. */
  isCustom: z.boolean(),
  baseUrl: z.string().nullable(),
  /** Empty when no account is needed. */
  auth: z.array(ToolkitAuth),
  /** The schemes for which the operator supplied credentials. */
  managedAuthSchemes: z.array(AuthScheme),
  toolCount: z.int(),
  /** Absent from a replica of the version before. */
  triggerCount: z.int().optional(),
  /** Absent of what a project or the operator added, too. */
  quality: ToolkitQuality.optional(),
  /** Its tools come with the first account that is connected in the project. */
  awaitsAccount: z.boolean().optional(),
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
  /** Of its toolkit, newest first; absent when there is just the one. */
  availableVersions: z.array(z.string()).optional(),
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

/** The zero version of a toolkit's first days, which old clients ask for: like `latest`, what there is. */
export const ZERO_VERSION = '00000000_00';
/** `latest` or one of a toolkit's own, such as `20261122_00`. */
export const ToolVersion = z.string().min(1).max(50);
/** One for all toolkits, or each for itself. */
export const ToolVersions = z.union([ToolVersion, z.record(ToolkitSlug, ToolVersion)]);
export type ToolVersions = z.infer<typeof ToolVersions>;

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
    /** `usage`: the most used first. */
    sortBy: z.enum(['usage', 'name']).default('usage'),
    /** Only the toolkits that a session may use. */
    scope: SessionScope.optional(),
    ...PageRequest,
  }),
  pageOf(Toolkit),
);
export const getToolkit = defineRequest(
  'tools.toolkits.get',
  z.strictObject({ ...OfProject, slug: ToolkitSlug, version: ToolVersion.optional() }),
  Toolkit,
);

const Scopes = z.array(z.string().min(1).max(500)).max(200);

/**
 * The scopes that tools of a toolkit need, of those that a sign-in may ask for. A list that cannot be is `invalid_request`,
 * naming each tool that is in its way.
 */
export const recommendScopes = defineRequest(
  'tools.scopes.recommend',
  z.strictObject({
    ...OfProject,
    toolkit: ToolkitSlug,
    version: ToolVersion.optional(),
    /** Absent: OAUTH2, or the toolkit's own that has scopes. */
    scheme: AuthScheme.optional(),
    /** None: all that the toolkit has. */
    tools: z.array(ToolSlug).max(1000),
    include: Scopes.default([]),
    exclude: Scopes.default([]),
    available: Scopes.optional(),
  }),
  z.object({
    scheme: AuthScheme,
    version: z.string(),
    scopes: z.array(z.string()),
    /** Tools that name no scopes: they need none, or what they need is not known. */
    undeclared: z.array(z.string()),
  }),
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
    /** Whether a search says what it went by. */
    withExplanation: z.boolean().optional(),
    /** Only the tools that a session may use. */
    scope: SessionScope.optional(),
    toolsAt: ToolsAt,
    /** Tools of a toolkit that has no such version are left out. */
    versions: ToolVersions.optional(),
    ...PageRequest,
  }),
  pageOf(ToolDefinition).extend({ explanation: SearchExplanation.optional() }),
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
  z.strictObject({ ...OfProject, slug: ToolSlug, versions: ToolVersions.optional() }),
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
