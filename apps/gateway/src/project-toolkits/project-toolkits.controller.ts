import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  approveToolkit,
  deleteToolkit,
  getProjectToolkit,
  listProjectToolkits,
  listToolkitChanges,
  refreshToolkit,
  refuseToolkit,
  ToolkitSlug,
  upsertToolkit,
  type InputOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageAnswer, pageQuery, presentPage, Wire } from '../http/index.js';
import { inBodyNames, SyncBody, toUpsert, UpsertBody } from './project-toolkit.body.js';
import { presentImport, presentProjectToolkit, presentToolkitChange } from './project-toolkit.presenter.js';
import {
  DeletionAnswer,
  ImportAnswer,
  ProjectToolkitAnswer,
  SyncAnswer,
  ToolkitChangeAnswer,
} from './project-toolkit.answer.js';

const ListQuery = z.object(pageQuery(100));

/** Toolkits of a project's own: adding one takes more than running tools does. */
@Controller('custom/toolkits')
@AccessFor('project')
@Area('toolkits')
@ApiTag('Custom toolkits')
export class ProjectToolkitsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'upsertCustomToolkit',
    summary: 'Add a toolkit, or read its source again',
    description:
      'From an OpenAPI document, an MCP server, an MCP server that is a program which the operator lets run, or an entry of a registry of MCP servers, by a `source`; or from an MCP server with a sign-in that is said, by a `toolkit_config`. The first definition is approved by being added; what differs later waits, unless `approve` is set.',
    answer: ImportAnswer,
    leadsTo: { 'custom/toolkits/:slug': 'slug' },
    errors: ['conflict', 'not_found', 'target_not_public', 'provider_unreachable', 'provider_timeout'],
    example: { body: { slug: 'acme', source: { type: 'mcp', url: 'https://mcp.example.com/mcp' } } },
  })
  @Post('upsert')
  @HttpCode(200)
  async upsert(@ProjectId() projectId: string, @Body(new Wire(UpsertBody)) body: UpsertBody) {
    const input = { projectId, ...toUpsert(body) } as InputOf<typeof upsertToolkit>;
    return presentImport(await inBodyNames(body, () => this.bus.request(upsertToolkit, input)));
  }

  /** The official SDK's word for reading the source again. */
  @Describe({
    id: 'syncCustomToolkit',
    summary: 'Read the source of a toolkit again, with one account if it is named',
    answer: SyncAnswer,
    errors: [
      'toolkit_not_found',
      'connection_not_found',
      'not_found',
      'conflict',
      'target_not_public',
      'provider_unreachable',
      'provider_timeout',
    ],
  })
  @Post('sync')
  @HttpCode(200)
  async sync(@ProjectId() projectId: string, @Body(new Wire(SyncBody)) body: SyncBody) {
    const { slug, connected_account_id: connectionId } = body;
    const read = await this.bus.request(refreshToolkit, { projectId, slug, connectionId });
    return {
      ...presentImport(read),
      version: read.toolkit.version,
      synced_count: read.imported.length,
    };
  }

  @Describe({
    id: 'listCustomToolkits',
    summary: 'List the project’s own toolkits',
    answer: pageAnswer(ProjectToolkitAnswer),
  })
  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const page = await this.bus.request(listProjectToolkits, { projectId, ...query });
    return presentPage(page, query.limit, presentProjectToolkit);
  }

  @Describe({
    id: 'getCustomToolkit',
    summary: 'Get a toolkit of the project’s own',
    answer: ProjectToolkitAnswer,
    errors: ['toolkit_not_found', 'not_found'],
  })
  @Get(':slug')
  async get(@ProjectId() projectId: string, @Param('slug', new Wire(ToolkitSlug)) slug: string) {
    return presentProjectToolkit(await this.bus.request(getProjectToolkit, { projectId, slug }));
  }

  /** Reads the source again. */
  @Describe({
    id: 'refreshCustomToolkit',
    summary: 'Read the source of a toolkit again',
    answer: ImportAnswer,
    errors: [
      'toolkit_not_found',
      'not_found',
      'conflict',
      'target_not_public',
      'provider_unreachable',
      'provider_timeout',
    ],
  })
  @Post(':slug/refresh')
  @HttpCode(200)
  async refresh(@ProjectId() projectId: string, @Param('slug', new Wire(ToolkitSlug)) slug: string) {
    return presentImport(await this.bus.request(refreshToolkit, { projectId, slug }));
  }

  /** What was held back is served from now on. */
  @Describe({
    id: 'approveCustomToolkit',
    summary: 'Approve what differs in a toolkit',
    description: 'What was held back is served from then on.',
    answer: ProjectToolkitAnswer,
    errors: ['toolkit_not_found', 'not_found', 'conflict'],
  })
  @Post(':slug/approve')
  @HttpCode(200)
  async approve(@ProjectId() projectId: string, @Param('slug', new Wire(ToolkitSlug)) slug: string) {
    return presentProjectToolkit(await this.bus.request(approveToolkit, { projectId, slug }));
  }

  /** What was held back stays so. */
  @Describe({
    id: 'refuseCustomToolkit',
    summary: 'Refuse what differs in a toolkit',
    description:
      'The approved definition goes on being served, and the difference is not held up to anybody again until the source says something else.',
    answer: ProjectToolkitAnswer,
    errors: ['toolkit_not_found', 'not_found'],
  })
  @Post(':slug/refuse')
  @HttpCode(200)
  async refuse(@ProjectId() projectId: string, @Param('slug', new Wire(ToolkitSlug)) slug: string) {
    return presentProjectToolkit(await this.bus.request(refuseToolkit, { projectId, slug }));
  }

  @Describe({
    id: 'listCustomToolkitChanges',
    summary: 'List what differs in a toolkit, both sides of it',
    description: 'Between what is approved and what its source said last; the settings first.',
    answer: pageAnswer(ToolkitChangeAnswer),
    errors: ['toolkit_not_found', 'not_found'],
  })
  @Get(':slug/changes')
  async changes(
    @ProjectId() projectId: string,
    @Param('slug', new Wire(ToolkitSlug)) slug: string,
    @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>,
  ) {
    const page = await this.bus.request(listToolkitChanges, { projectId, slug, ...query });
    return presentPage(page, query.limit, presentToolkitChange);
  }

  @Describe({
    id: 'deleteCustomToolkit',
    summary: 'Delete a toolkit of the project’s own',
    description: 'Its auth configs and accounts go with it.',
    answer: DeletionAnswer,
    errors: ['toolkit_not_found', 'not_found'],
  })
  @Delete(':slug')
  async delete(@ProjectId() projectId: string, @Param('slug', new Wire(ToolkitSlug)) slug: string) {
    const gone = await this.bus.request(deleteToolkit, { projectId, slug });
    return {
      status: 'success' as const,
      slug: gone.slug,
      deleted: true as const,
      // Credentials are revoked before the answer, not by jobs after it.
      revoke_job_ids: [],
      auth_configs_deleted: gone.authConfigs,
      connected_accounts_deleted: gone.accounts,
    };
  }
}
