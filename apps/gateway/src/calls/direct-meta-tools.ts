import { Injectable } from '@nestjs/common';
import { listTools, searchTools, SearchQuery, ToolSlug, type ToolDefinition } from '@patchbay/contracts';
import { Bus, parseInput } from '@patchbay/service';
import { z } from 'zod';

interface MetaOutcome {
  successful: boolean;
  data: Record<string, unknown>;
  error: string | null;
}

const SearchArguments = z.object({
  queries: z
    .array(z.object({ use_case: SearchQuery.shape.useCase, known_fields: SearchQuery.shape.knownFields }))
    .min(1)
    .max(50),
});
const SchemasArguments = z.object({ tool_slugs: z.array(ToolSlug).min(1).max(100) });

/** The meta tools that need no session: they only look into the catalogue. */
@Injectable()
export class DirectMetaTools {
  constructor(private readonly bus: Bus) {}

  async run(projectId: string, slug: string, given: Record<string, unknown>): Promise<MetaOutcome> {
    switch (slug.toUpperCase()) {
      case 'COMPOSIO_SEARCH_TOOLS':
        return this.search(projectId, given);
      case 'COMPOSIO_GET_TOOL_SCHEMAS':
        return this.schemas(projectId, given);
      default:
        return { successful: false, data: {}, error: `${slug} works only in a session: execute it there.` };
    }
  }

  private async search(projectId: string, given: Record<string, unknown>): Promise<MetaOutcome> {
    const { queries } = parseInput(SearchArguments, given);
    const { hits, tools } = await this.bus.request(searchTools, {
      projectId,
      scope: {},
      queries: queries.map(({ use_case: useCase, known_fields: knownFields }) => ({ useCase, knownFields })),
    });
    const results = hits.map((hit, position) => ({
      index: position + 1,
      use_case: hit.useCase,
      primary_tool_slugs: hit.primaryTools,
      related_tool_slugs: hit.relatedTools,
      toolkits: hit.toolkits,
    }));
    return { successful: true, data: { results, tool_schemas: schemasOf(tools) }, error: null };
  }

  private async schemas(projectId: string, given: Record<string, unknown>): Promise<MetaOutcome> {
    const { tool_slugs: slugs } = parseInput(SchemasArguments, given);
    const { items } = await this.bus.request(listTools, { projectId, slugs, limit: slugs.length });
    const found = new Set(items.map(({ slug }) => slug));
    const unknown = slugs.filter((slug) => !found.has(slug));
    return {
      successful: true,
      data: { tool_schemas: schemasOf(items), ...(unknown.length > 0 && { not_found: unknown }) },
      error: null,
    };
  }
}

function schemasOf(tools: ToolDefinition[]): Record<string, object> {
  return Object.fromEntries(
    tools.map((tool) => [
      tool.slug,
      {
        toolkit: tool.toolkit.slug,
        tool_slug: tool.slug,
        description: tool.description,
        hasFullSchema: true,
        input_schema: tool.inputSchema,
        output_schema: tool.outputSchema,
      },
    ]),
  );
}
