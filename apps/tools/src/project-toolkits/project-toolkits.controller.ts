import { Controller } from '@nestjs/common';
import {
  approveToolkit,
  connectionChanged,
  deleteToolkit,
  getProjectToolkit,
  listProjectToolkits,
  listToolkitChanges,
  prepareToolkit,
  projectDeleted,
  refreshToolkit,
  refuseToolkit,
  toolkitChanged,
  upsertToolkit,
  type EventDataOf,
  type EventEnvelope,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle, OnEvent } from '@patchbay/service';
import { McpUpstreams } from '../mcp/index.js';
import { McpToolkitSync } from './mcp-toolkit.sync.js';
import { ProjectToolkitCatalogues } from './project-toolkit.catalogues.js';
import { ProjectToolkitsService } from './project-toolkits.service.js';

@Controller()
export class ProjectToolkitsController {
  constructor(
    private readonly toolkits: ProjectToolkitsService,
    private readonly catalogues: ProjectToolkitCatalogues,
    private readonly follower: McpToolkitSync,
    private readonly upstreams: McpUpstreams,
  ) {}

  @Handle(upsertToolkit)
  upsert(input: InputOf<typeof upsertToolkit>): Promise<OutputOf<typeof upsertToolkit>> {
    return this.toolkits.upsert(input);
  }

  @Handle(prepareToolkit)
  async prepare(input: InputOf<typeof prepareToolkit>): Promise<OutputOf<typeof prepareToolkit>> {
    await this.toolkits.prepare(input);
    return {};
  }

  @Handle(refreshToolkit)
  refresh(input: InputOf<typeof refreshToolkit>): Promise<OutputOf<typeof refreshToolkit>> {
    return this.toolkits.refresh(input);
  }

  @Handle(approveToolkit)
  approve(input: InputOf<typeof approveToolkit>): Promise<OutputOf<typeof approveToolkit>> {
    return this.toolkits.approve(input);
  }

  @Handle(refuseToolkit)
  refuse(input: InputOf<typeof refuseToolkit>): Promise<OutputOf<typeof refuseToolkit>> {
    return this.toolkits.refuse(input);
  }

  @Handle(listToolkitChanges)
  changes(input: InputOf<typeof listToolkitChanges>): Promise<OutputOf<typeof listToolkitChanges>> {
    return this.toolkits.changes(input);
  }

  @Handle(getProjectToolkit)
  get(input: InputOf<typeof getProjectToolkit>): Promise<OutputOf<typeof getProjectToolkit>> {
    return this.toolkits.get(input);
  }

  @Handle(listProjectToolkits)
  list(input: InputOf<typeof listProjectToolkits>): Promise<OutputOf<typeof listProjectToolkits>> {
    return this.toolkits.list(input);
  }

  @Handle(deleteToolkit)
  delete(input: InputOf<typeof deleteToolkit>): Promise<OutputOf<typeof deleteToolkit>> {
    return this.toolkits.delete(input);
  }

  @OnEvent(toolkitChanged)
  async onToolkitChanged({ data }: EventEnvelope<EventDataOf<typeof toolkitChanged>>): Promise<void> {
    this.catalogues.drop(data.projectId);
    if (data.isMoved) this.upstreams.forget(data.projectId, data.slug);
  }

  @OnEvent(connectionChanged)
  async onConnectionChanged({
    projectId,
    data,
  }: EventEnvelope<EventDataOf<typeof connectionChanged>>): Promise<void> {
    if (data.status === 'ACTIVE') await this.follower.onConnected(projectId, data.toolkit);
  }

  @OnEvent(projectDeleted)
  async onProjectDeleted({ data }: EventEnvelope<EventDataOf<typeof projectDeleted>>): Promise<void> {
    this.catalogues.drop(data.projectId);
  }
}
