import {
  RawJson,
  writeJson,
  type FoundTool,
  type NamedCustomTool,
  type ToolDefinition,
} from '@patchbay/contracts';

/** A tool in the words of COMPOSIO_GET_TOOL_SCHEMAS. */
export interface DescribedTool {
  slug: string;
  toolkit: string;
  description: string;
  inputSchema: Record<string, unknown>;
  outputSchema?: Record<string, unknown> | undefined;
}

/** The toolkit under which custom tools of no toolkit are shown. */
const CUSTOM_TOOLKIT = 'custom';

export function describeTool(tool: ToolDefinition): DescribedTool {
  return { ...tool, toolkit: tool.toolkit.slug };
}

export function describeCustomTool(tool: NamedCustomTool): DescribedTool {
  return { ...tool, toolkit: tool.extendsToolkit ?? CUSTOM_TOOLKIT };
}

/** A custom tool as a search finds others. */
export function foundCustomTool(tool: NamedCustomTool): FoundTool {
  const { slug, toolkit, description, inputSchema } = describeCustomTool(tool);
  const { required } = inputSchema;
  return {
    slug,
    toolkit,
    description,
    tags: [],
    required: Array.isArray(required) ? required.map(String) : [],
    inputSchema: writeJson(inputSchema),
  };
}

/** Characters of a single schema, and of all of a search, past which only a reference is given. */
const MAX_SCHEMA = 12_000;
const MAX_SCHEMAS = 60_000;

/** What a search shows of the tools it found: the first ones whole, as far as a model should have to read. */
export function schemasBySlug(
  tools: readonly Pick<FoundTool, 'slug' | 'toolkit' | 'description' | 'inputSchema'>[],
): Record<string, object> {
  let room = MAX_SCHEMAS;
  const entries = tools.map(({ slug, toolkit, description, inputSchema }) => {
    const size = inputSchema.length;
    const about = { tool_slug: slug, toolkit, description };
    if (size > MAX_SCHEMA || size > room) return [slug, { ...about, ...reference(slug) }] as const;
    room -= size;
    return [slug, { ...about, hasFullSchema: true, input_schema: new RawJson(inputSchema) }] as const;
  });
  return Object.fromEntries(entries);
}

function reference(slug: string) {
  return {
    hasFullSchema: false,
    schemaRef: {
      tool: 'COMPOSIO_GET_TOOL_SCHEMAS',
      args: { tool_slugs: [slug] },
      message: 'The schema is long: read it before calling the tool.',
    },
  };
}
