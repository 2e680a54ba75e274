import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { getToolkit, listToolkits, recommendScopes, ToolkitSlug, type Toolkit } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageAnswer, presentPage, Wire } from '../http/index.js';
import {
  GrantContextQuery,
  RecommendScopesBody,
  ToolkitQuery,
  ToolkitsBody,
  ToolkitsQuery,
  toToolkitFilters,
} from './catalogue.body.js';
import { presentToolkit, presentToolkitItem } from './toolkit.presenter.js';
import {
  CategoryAnswer,
  ChangelogAnswer,
  GrantContextsAnswer,
  RecommendedScopesAnswer,
  ToolkitAnswer,
  ToolkitItemAnswer,
} from './catalogue.answer.js';

const ALL = 1000;

/** The toolkits of the catalogue, apart from any session (docs/api/toolkits.md#toolkits). */
@Controller('toolkits')
@AccessFor('project')
@Area('toolkits', 'read')
@ApiTag('Toolkits')
export class ToolkitsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listToolkits',
    summary: 'List toolkits',
    answer: pageAnswer(ToolkitItemAnswer),
    leadsTo: { 'mcp/app/:toolkit': 'items.0.slug' },
  })
  @Get()
  list(
    @ProjectId() projectId: string,
    @Query(new Wire(ToolkitsQuery)) query: z.output<typeof ToolkitsQuery>,
  ) {
    return this.page(projectId, query);
  }

  @Describe({
    id: 'getToolkits',
    summary: 'List toolkits by their slugs',
    answer: pageAnswer(ToolkitItemAnswer),
    example: { body: { toolkits: ['github', 'slack'] } },
  })
  @Post('multi')
  @HttpCode(200)
  multi(@ProjectId() projectId: string, @Body(new Wire(ToolkitsBody)) body: z.output<typeof ToolkitsBody>) {
    return this.page(projectId, body);
  }

  @Describe({
    id: 'listToolkitCategories',
    summary: 'List the categories of toolkits',
    answer: pageAnswer(CategoryAnswer),
  })
  @Get('categories')
  async categories(@ProjectId() projectId: string) {
    const names = new Set((await this.all(projectId)).flatMap(({ categories }) => categories));
    const items = [...names].toSorted().map((name) => ({ id: name, name }));
    const page = { items, nextCursor: null, total: items.length, page: 1 };
    return presentPage(page, ALL, (item) => item);
  }

  @Describe({
    id: 'listToolkitChanges',
    summary: 'List the versions of toolkits',
    answer: ChangelogAnswer,
  })
  @Get('changelog')
  async changelog(@ProjectId() projectId: string) {
    const toolkits = await this.all(projectId);
    return {
      items: toolkits.map(({ slug, name, version, toolCount }) => ({
        slug,
        name,
        display_name: name,
        versions: [{ version, changelog: `${toolCount} tools.` }],
      })),
    };
  }

  @Describe({
    id: 'getToolkit',
    summary: 'Get a toolkit',
    description: 'With the fields that its auth schemes ask for.',
    answer: ToolkitAnswer,
    errors: ['toolkit_not_found'],
  })
  @Get(':slug')
  async get(
    @ProjectId() projectId: string,
    @Param('slug', new Wire(ToolkitSlug)) slug: string,
    @Query(new Wire(ToolkitQuery)) { version }: z.output<typeof ToolkitQuery>,
  ) {
    return presentToolkit(await this.bus.request(getToolkit, { projectId, slug, version }));
  }

  /** No tool names alternatives to its scopes or conditions of them: the narrowest list is also the shortest one. */
  @Describe({
    id: 'recommendScopes',
    summary: 'Recommend the scopes of an OAuth app',
    description:
      'The scopes that tools of the toolkit need. One that is needed and may not be asked for is refused, with the tools that need it.',
    answer: RecommendedScopesAnswer,
    errors: ['toolkit_not_found'],
    example: { body: { tools: ['GMAIL_SEND_EMAIL'], include: ['openid'] } },
  })
  @Post(':slug/scopes/recommended')
  @HttpCode(200)
  async recommendedScopes(
    @ProjectId() projectId: string,
    @Param('slug', new Wire(ToolkitSlug)) toolkit: string,
    @Body(new Wire(RecommendScopesBody)) body: RecommendScopesBody,
  ) {
    const { scheme, version, scopes, undeclared } = await this.bus.request(recommendScopes, {
      projectId,
      toolkit,
      ...body,
    });
    return {
      auth_scheme: scheme,
      toolkit_version: version,
      grant_context: {},
      scopes: { least_privilege: scopes, fewest: scopes, conditional: [] },
      tools_without_scopes: undeclared,
    };
  }

  @Describe({
    id: 'listGrantContexts',
    summary: 'List what recommended scopes depend on',
    description: 'Nothing here: the dimensions are always empty.',
    answer: GrantContextsAnswer,
    errors: ['toolkit_not_found'],
  })
  @Get(':slug/scopes/grant_context')
  async grantContexts(
    @ProjectId() projectId: string,
    @Param('slug', new Wire(ToolkitSlug)) toolkit: string,
    @Query(new Wire(GrantContextQuery)) query: z.output<typeof GrantContextQuery>,
  ) {
    const { auth_scheme: scheme, toolkit_version: version } = query;
    const found = await this.bus.request(recommendScopes, { projectId, toolkit, scheme, version, tools: [] });
    return {
      auth_scheme: found.scheme,
      toolkit_version: found.version,
      grant_context_dimensions: [],
      default_grant_context: {},
    };
  }

  private async page(projectId: string, filters: z.output<typeof ToolkitsBody>) {
    const page = await this.bus.request(listToolkits, { projectId, ...toToolkitFilters(filters) });
    return presentPage(page, filters.limit, presentToolkitItem);
  }

  private async all(projectId: string): Promise<Toolkit[]> {
    return (await this.bus.request(listToolkits, { projectId, limit: ALL })).items;
  }
}
