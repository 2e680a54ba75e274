import { Injectable } from '@nestjs/common';
import { listTools, searchTools, toCallSession, ToolSlug, type Session } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { allTools } from '../custom-tools/index.js';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { describeCustomTool, describeTool } from './tool-schemas.js';
import { workflowId } from './workflow.js';

const SUGGESTIONS = 3;

const input = z.object({
  tool_slugs: z
    .array(z.string().min(1))
    .min(1)
    .max(100)
    .describe('Slugs as COMPOSIO_SEARCH_TOOLS answered them.'),
  include: z
    .array(z.enum(['input_schema', 'output_schema']))
    .default(['input_schema'])
    .describe('Which schemas to answer.'),
  session_id: workflowId,
});

export const getToolSchemasDescription = {
  slug: 'COMPOSIO_GET_TOOL_SCHEMAS',
  name: 'Get tool schemas',
  description:
    'Reads the schemas of tools by their slugs. Use it for tools that a search named without a full schema, or to see what a tool answers.',
  input,
  tags: ['readOnlyHint'],
};

@Injectable()
export class GetToolSchemas implements MetaTool<typeof input> {
  readonly about = getToolSchemasDescription;

  constructor(private readonly bus: Bus) {}

  async run(
    { tool_slugs, include }: z.output<typeof input>,
    { session, customTools }: MetaCall,
  ): Promise<MetaResult> {
    const slugs = [...new Set(tool_slugs.map((slug) => ToolSlug.parse(slug)))];
    const { scope, toolsAt } = toCallSession(session);
    const { items } = await this.bus.request(listTools, {
      projectId: session.projectId,
      slugs,
      scope,
      toolsAt,
      limit: slugs.length,
    });
    const custom = customTools ? allTools(customTools).filter(({ slug }) => slugs.includes(slug)) : [];
    const found = [...items.map(describeTool), ...custom.map(describeCustomTool)];
    const missing = slugs.filter((slug) => !found.some((tool) => tool.slug === slug));
    const tools = found.map((tool) => [
      tool.slug,
      {
        toolkit: tool.toolkit,
        tool_slug: tool.slug,
        description: tool.description,
        ...(include.includes('input_schema') && { input_schema: tool.inputSchema }),
        ...(include.includes('output_schema') && tool.outputSchema && { output_schema: tool.outputSchema }),
      },
    ]);
    return {
      data: {
        success: missing.length === 0,
        tool_schemas: Object.fromEntries(tools),
        ...(missing.length > 0 && {
          not_found: missing,
          suggestions: await this.suggest(session, missing),
          not_found_message: `This session has no tool ${missing.join(', ')}.`,
        }),
      },
      error: null,
    };
  }

  private async suggest(session: Session, missing: string[]): Promise<Record<string, string[]>> {
    const { scope, toolsAt } = toCallSession(session);
    const { hits } = await this.bus.request(searchTools, {
      projectId: session.projectId,
      queries: missing.map((slug) => ({ useCase: slug.replaceAll('_', ' ') })),
      scope,
      toolsAt,
    });
    return Object.fromEntries(
      missing.map((slug, index) => {
        const hit = hits[index];
        return [slug, [...(hit?.primaryTools ?? []), ...(hit?.relatedTools ?? [])].slice(0, SUGGESTIONS)];
      }),
    );
  }
}
