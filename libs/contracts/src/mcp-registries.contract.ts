import { z } from 'zod';
import { AuthField } from './auth-configs.contract.js';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';

/* Registries of MCP servers: the official one's API, `v0.1`, and those that speak it. The operator says which there are. */

export const RegistryName = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'must be the name of a registry');
/** In reverse-DNS form, with a namespace and one slash, as `server.json` has it. */
export const RegistryServerName = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/, 'must look like io.github.acme/weather');

/** An entry of a registry. */
export const RegistryServerRef = z.strictObject({
  /** Without it, the operator's first. */
  registry: RegistryName.optional(),
  server: RegistryServerName,
  /** `latest`, or one that the registry has. */
  version: z.string().min(1).max(255).optional(),
});
export type RegistryServerRef = z.infer<typeof RegistryServerRef>;

export const McpRegistry = z.object({ name: z.string(), url: z.string() });
export type McpRegistry = z.infer<typeof McpRegistry>;

/** What an entry asks for, as `server.json` says it of a header, a variable, an argument or a variable of the environment. */
export const RegistryField = AuthField.extend({
  /** An example of a value. */
  placeholder: z.string().nullable(),
  place: z.enum(['address', 'query', 'header', 'environment', 'argument']),
  /** It decides where everybody's calls go, so it is not left to users: adding the server takes its value. */
  isForAll: z.boolean(),
});
export type RegistryField = z.infer<typeof RegistryField>;

/** One way to a server of a registry: its address, or a program. */
const Way = {
  fields: z.array(RegistryField),
  /** Why it cannot be added; null when it can. */
  refusal: z.string().nullable(),
};

export const RegistryServerSummary = z.object({
  registry: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  status: z.enum(['active', 'deprecated', 'deleted']),
  statusMessage: z.string().nullable(),
  websiteUrl: z.string().nullable(),
  repositoryUrl: z.string().nullable(),
  updatedAt: z.string().nullable(),
  /** `streamable-http` and the like, or what the packages are of: `npm`, `pypi`, … */
  ways: z.array(z.string()),
  /** Why it cannot be added; null when it can. */
  refusal: z.string().nullable(),
});
export type RegistryServerSummary = z.infer<typeof RegistryServerSummary>;

export const RegistryServer = RegistryServerSummary.extend({
  /** A slug for its toolkit that can be taken as it is. */
  suggestedSlug: z.string(),
  remotes: z.array(z.object({ type: z.string(), url: z.string(), ...Way })),
  packages: z.array(
    z.object({
      registryType: z.string(),
      identifier: z.string(),
      version: z.string().nullable(),
      transport: z.string(),
      ...Way,
    }),
  ),
});
export type RegistryServer = z.infer<typeof RegistryServer>;

/** A registry may take its time. */
const ASKING = { timeoutMs: 30_000 };

/** Those that the operator set up, the default one first; none when they are switched off. */
export const listMcpRegistries = defineRequest(
  'tools.mcpRegistries.list',
  z.strictObject({ projectId: idSchema('project') }),
  z.object({ items: z.array(McpRegistry) }),
);

/** The newest version of each server. The cursor is the registry's own. */
export const searchMcpRegistry = defineRequest(
  'tools.mcpRegistries.search',
  z.strictObject({
    projectId: idSchema('project'),
    registry: RegistryName.optional(),
    search: z.string().max(200).optional(),
    cursor: z.string().max(1_000).optional(),
    limit: z.int().min(1).max(100).default(30),
  }),
  z.object({
    items: z.array(RegistryServerSummary),
    nextCursor: z.string().nullable(),
    /** Entries of the page that could not be read, or that the operator does not allow. */
    leftOut: z.object({ unreadable: z.int(), notAllowed: z.int() }),
  }),
  ASKING,
);

export const getMcpRegistryServer = defineRequest(
  'tools.mcpRegistries.getServer',
  z.strictObject({ projectId: idSchema('project'), ...RegistryServerRef.shape }),
  RegistryServer,
  ASKING,
);
