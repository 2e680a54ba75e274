import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  AppError,
  getAuthConfig,
  getTool,
  listSlugs,
  listTools,
  ToolSlug,
  type ToolDefinition,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, presentPage, Wire } from '../http/index.js';
import { ScopesBody, ToolQuery, ToolsQuery } from './catalogue.body.js';
import { presentTool } from './tool.presenter.js';
import { RequiredScopesAnswer, ToolAnswer, ToolsAnswer } from './catalogue.answer.js';

/** The tools of the catalogue, apart from any session (docs/api/tools.md#the-catalogue). */
@Controller('tools')
@AccessFor('project')
@Area('tools', 'read')
@ApiTag('Tools')
export class ToolsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listTools',
    summary: 'List or search tools',
    description:
      'With `query` the best first. `tool_slugs` overrides the other filters; slugs that are not known are left out.',
    answer: ToolsAnswer,
    leadsTo: { 'tools/execute/:slug': 'items.0.slug', 'search_tunings/:tool_slug': 'items.0.slug' },
    errors: ['not_found', 'toolkit_not_found'],
  })
  @Get()
  async list(
    @ProjectId() projectId: string,
    @Query(new Wire(ToolsQuery)) query: z.output<typeof ToolsQuery>,
  ) {
    const { limit, cursor, tags = [], auth_config_ids: configs } = query;
    const wanted = query.important === 'true' ? [...tags, 'important'] : tags;
    const page = await this.bus.request(listTools, {
      projectId,
      limit,
      cursor,
      toolkits: query.toolkit_slug,
      slugs: query.tool_slugs,
      scopes: query.scopes,
      includeDeprecated: query.include_deprecated,
      search: query.query ?? query.search,
      withExplanation: query.explain,
      versions: query.toolkit_versions,
      ...(wanted.length > 0 && { tags: wanted }),
      ...(configs && { within: await this.toolsOf(projectId, configs) }),
    });
    const { explanation } = page;
    return { ...presentPage(page, limit, presentTool), ...(explanation && { explanation }) };
  }

  @Describe({
    id: 'listToolSlugs',
    summary: 'List the slugs of all tools',
    answer: z.array(z.string()),
  })
  @Get('enum')
  slugs(@ProjectId() projectId: string) {
    return this.bus.request(listSlugs, { projectId });
  }

  @Describe({
    id: 'getTool',
    summary: 'Get a tool',
    answer: ToolAnswer,
    errors: ['tool_not_found'],
  })
  @Get(':slug')
  async get(
    @ProjectId() projectId: string,
    @Param('slug', new Wire(ToolSlug)) slug: string,
    @Query(new Wire(ToolQuery)) query: z.output<typeof ToolQuery>,
  ) {
    const versions = query.version ?? query.toolkit_versions;
    return presentTool(await this.bus.request(getTool, { projectId, slug, versions }));
  }

  @Describe({
    id: 'getRequiredScopes',
    summary: 'Which OAuth scopes tools need',
    description: 'The tools must be of one toolkit.',
    answer: RequiredScopesAnswer,
    errors: ['tool_not_found'],
    example: { body: { tools: ['GITHUB_CREATE_AN_ISSUE'] } },
  })
  @Post('scopes/required')
  @HttpCode(200)
  async requiredScopes(
    @ProjectId() projectId: string,
    @Body(new Wire(ScopesBody)) { tools, version: versions }: z.output<typeof ScopesBody>,
  ) {
    const found = await Promise.all(
      tools.map((slug) => this.bus.request(getTool, { projectId, slug, versions })),
    );
    requireOneToolkit(found);
    return {
      scopes_required: [...new Set(found.flatMap(({ scopes }) => scopes))],
      per_tool_requirements: found.map(({ slug, scopes }) => ({
        tool: slug,
        scope_requirements: scopes.length > 0 ? { all_of: scopes } : null,
      })),
    };
  }

  /** What auth configs leave of their toolkits. */
  private toolsOf(projectId: string, ids: string[]) {
    return Promise.all(
      ids.map(async (id) => {
        const { toolkit, allowedTools } = await this.bus.request(getAuthConfig, { projectId, id });
        return { toolkit, tools: allowedTools };
      }),
    );
  }
}

function requireOneToolkit(tools: ToolDefinition[]): void {
  const toolkits = new Set(tools.map(({ toolkit }) => toolkit.slug));
  if (toolkits.size === 1) return;
  throw new AppError('invalid_request', 'All tools must belong to one toolkit.', {
    issues: [`tools: are of ${[...toolkits].join(', ')}`],
  });
}
