import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import {
  createSavedConfig,
  getSavedConfig,
  listSavedConfigs,
  updateSavedConfig,
  type InputOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageAnswer, PathId, presentPage, Wire } from '../http/index.js';
import { Idempotent } from '../idempotency/index.js';
import { NewSavedConfigBody, SavedConfigChangesBody, SavedConfigsQuery } from './saved-config.body.js';
import { presentSavedConfig, presentSavedConfigSummary } from './saved-config.presenter.js';
import { inWireNames } from './session.issues.js';
import { SavedConfigAnswer, SavedConfigSummaryAnswer } from './saved-config.answer.js';

const SAVED = { id: 'The saved config.' };

/** Toolkits, tools and tags under a name, for sessions to take. The domain checks the values of a body. */
@Controller('session_configs')
@AccessFor('project')
@Area('session_management')
@ApiTag('Sessions')
export class SavedConfigsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'createSessionConfig',
    summary: 'Save what sessions may use under a name',
    answer: SavedConfigAnswer,
    leadsTo: { createSession: { 'experimental.session_config_id': 'id' } },
    errors: ['not_found', 'conflict', 'toolkits_unknown', 'tool_not_found', 'tool_not_allowed'],
    example: { body: { name: 'Support', config: { toolkits: { enable: ['gmail'] } } } },
  })
  @Post()
  @Idempotent()
  async create(@ProjectId() projectId: string, @Body(new Wire(NewSavedConfigBody)) body: NewSavedConfigBody) {
    const input = { projectId, ...body } as InputOf<typeof createSavedConfig>;
    return presentSavedConfig(await inWireNames(() => this.bus.request(createSavedConfig, input)));
  }

  @Describe({
    id: 'listSessionConfigs',
    summary: 'List saved session configs',
    answer: pageAnswer(SavedConfigSummaryAnswer),
  })
  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(SavedConfigsQuery)) query: SavedConfigsQuery) {
    const page = await this.bus.request(listSavedConfigs, { projectId, ...query });
    return presentPage(page, query.limit, presentSavedConfigSummary);
  }

  @Describe({
    id: 'getSessionConfig',
    summary: 'Get a saved session config',
    path: SAVED,
    answer: SavedConfigAnswer,
    errors: ['not_found'],
  })
  @Get(':id')
  async get(@ProjectId() projectId: string, @PathId('id', 'savedConfig') id: string) {
    return presentSavedConfig(await this.bus.request(getSavedConfig, { projectId, id }));
  }

  @Describe({
    id: 'updateSessionConfig',
    summary: 'Change, or archive, a saved session config',
    description: 'What is left out stays. Sessions that took it before keep what they took.',
    path: SAVED,
    answer: SavedConfigAnswer,
    errors: ['not_found', 'conflict', 'toolkits_unknown', 'tool_not_found', 'tool_not_allowed'],
    example: { body: { archived: true } },
  })
  @Patch(':id')
  @Idempotent()
  async update(
    @ProjectId() projectId: string,
    @PathId('id', 'savedConfig') id: string,
    @Body(new Wire(SavedConfigChangesBody)) changes: SavedConfigChangesBody,
  ) {
    const input = { projectId, id, changes } as InputOf<typeof updateSavedConfig>;
    return presentSavedConfig(await inWireNames(() => this.bus.request(updateSavedConfig, input)));
  }
}
