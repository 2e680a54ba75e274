import { z } from 'zod';

/* What registries of MCP servers answer on the wire (docs/mcp-registries.md). Ours. */

export const RegistriesAnswer = z.object({
  items: z.array(
    z
      .object({ name: z.string(), url: z.string() })
      .meta({ id: 'McpRegistry', description: 'A registry of MCP servers that the operator set up.' }),
  ),
});

const refusal = z.string().nullable().describe('Why it cannot be added; null when it can.');

const summary = {
  registry: z.string(),
  name: z.string().describe('In reverse-DNS form, such as `io.github.acme/weather`.'),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  status: z.enum(['active', 'deprecated', 'deleted']),
  status_message: z.string().nullable(),
  website_url: z.string().nullable(),
  repository_url: z.string().nullable(),
  updated_at: z.string().nullable(),
  ways: z
    .array(z.string())
    .describe('How it is reached: `streamable-http`, or what its packages are of, as `npm`.'),
  refusal,
};

export const RegistryServerItemAnswer = z
  .object(summary)
  .meta({ id: 'McpRegistryServerItem', description: 'An MCP server in a list of a registry.' });

export const RegistryServersAnswer = z.object({
  items: z.array(RegistryServerItemAnswer),
  next_cursor: z
    .string()
    .nullable()
    .describe('The `cursor` of the next page; null on the last one. A page may be empty, and others follow.'),
  left_out: z
    .object({ unreadable: z.int(), not_allowed: z.int() })
    .describe('Entries that could not be read, and those that the operator does not allow.'),
});

const RegistryFieldAnswer = z
  .object({
    name: z.string().describe('Its name in `source.values`.'),
    display_name: z.string(),
    description: z.string(),
    required: z.boolean(),
    is_secret: z.boolean(),
    default: z.string().nullable(),
    choices: z.array(z.string()).optional(),
    placeholder: z.string().nullable(),
    place: z.enum(['address', 'query', 'header', 'environment', 'argument']),
    is_for_all: z
      .boolean()
      .describe(
        'It says where everybody’s calls go: adding the server takes its value, and users are not asked.',
      ),
  })
  .meta({ id: 'McpRegistryField', description: 'What a server of a registry asks for.' });

export const RegistryServerAnswer = z
  .object({
    ...summary,
    suggested_slug: z.string(),
    remotes: z.array(
      z.object({ type: z.string(), url: z.string(), fields: z.array(RegistryFieldAnswer), refusal }),
    ),
    packages: z.array(
      z.object({
        registry_type: z.string(),
        identifier: z.string(),
        version: z.string().nullable(),
        transport: z.string(),
        fields: z.array(RegistryFieldAnswer),
        refusal,
      }),
    ),
  })
  .meta({ id: 'McpRegistryServer', description: 'An MCP server of a registry, and what it asks for.' });
