import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import {
  createSavedConfig,
  getSavedConfig,
  listSavedConfigs,
  updateSavedConfig,
  type InputOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { presentPage, Wire } from '../http/index.js';
import { Idempotent } from '../idempotency/index.js';
import { NewSavedConfigBody, SavedConfigChangesBody, SavedConfigsQuery } from './saved-config.body.js';
import { presentSavedConfig, presentSavedConfigSummary } from './saved-config.presenter.js';
import { inWireNames } from './session.issues.js';

/** Toolkits, tools and tags under a name, for sessions to take. The domain checks the values of a body. */
@Controller('session_configs')
@AccessFor('project')
@Area('session_management')
export class SavedConfigsController {
  constructor(private readonly bus: Bus) {}

  @Post()
  @Idempotent()
  async create(@ProjectId() projectId: string, @Body(new Wire(NewSavedConfigBody)) body: NewSavedConfigBody) {
    const input = { projectId, ...body } as InputOf<typeof createSavedConfig>;
    return presentSavedConfig(await inWireNames(() => this.bus.request(createSavedConfig, input)));
  }

  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(SavedConfigsQuery)) query: SavedConfigsQuery) {
    const page = await this.bus.request(listSavedConfigs, { projectId, ...query });
    return presentPage(page, query.limit, presentSavedConfigSummary);
  }

  @Get(':id')
  async get(@ProjectId() projectId: string, @Param('id') id: string) {
    return presentSavedConfig(await this.bus.request(getSavedConfig, { projectId, id }));
  }

  @Patch(':id')
  @Idempotent()
  async update(
    @ProjectId() projectId: string,
    @Param('id') id: string,
    @Body(new Wire(SavedConfigChangesBody)) changes: SavedConfigChangesBody,
  ) {
    const input = { projectId, id, changes } as InputOf<typeof updateSavedConfig>;
    return presentSavedConfig(await inWireNames(() => this.bus.request(updateSavedConfig, input)));
  }
}
