import { Controller } from '@nestjs/common';
import {
  createMcpInstance,
  createMcpServer,
  deleteMcpInstance,
  deleteMcpServer,
  getMcpServer,
  listMcpInstances,
  listMcpServers,
  openMcpInstance,
  updateMcpServer,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { McpInstancesService } from './mcp-instances.service.js';
import { McpServersService } from './mcp-servers.service.js';

@Controller()
export class McpServersController {
  constructor(
    private readonly servers: McpServersService,
    private readonly instances: McpInstancesService,
  ) {}

  @Handle(createMcpServer)
  create(input: InputOf<typeof createMcpServer>): Promise<OutputOf<typeof createMcpServer>> {
    return this.servers.create(input);
  }

  @Handle(getMcpServer)
  get({ projectId, id }: InputOf<typeof getMcpServer>): Promise<OutputOf<typeof getMcpServer>> {
    return this.servers.get(projectId, id);
  }

  @Handle(listMcpServers)
  list(input: InputOf<typeof listMcpServers>): Promise<OutputOf<typeof listMcpServers>> {
    return this.servers.list(input);
  }

  @Handle(updateMcpServer)
  update(input: InputOf<typeof updateMcpServer>): Promise<OutputOf<typeof updateMcpServer>> {
    return this.servers.update(input);
  }

  @Handle(deleteMcpServer)
  delete({ projectId, id }: InputOf<typeof deleteMcpServer>): Promise<OutputOf<typeof deleteMcpServer>> {
    return this.servers.delete(projectId, id);
  }

  @Handle(createMcpInstance)
  async createInstance({
    projectId,
    id,
    userId,
  }: InputOf<typeof createMcpInstance>): Promise<OutputOf<typeof createMcpInstance>> {
    return this.instances.create(await this.servers.find(projectId, id), userId);
  }

  @Handle(openMcpInstance)
  async openInstance({
    projectId,
    id,
    holder,
  }: InputOf<typeof openMcpInstance>): Promise<OutputOf<typeof openMcpInstance>> {
    return this.instances.open(await this.servers.find(projectId, id), holder);
  }

  @Handle(listMcpInstances)
  async listInstances(input: InputOf<typeof listMcpInstances>): Promise<OutputOf<typeof listMcpInstances>> {
    return this.instances.list(await this.servers.find(input.projectId, input.id), input);
  }

  @Handle(deleteMcpInstance)
  async deleteInstance({
    projectId,
    id,
    holder,
  }: InputOf<typeof deleteMcpInstance>): Promise<OutputOf<typeof deleteMcpInstance>> {
    return this.instances.delete(await this.servers.find(projectId, id), holder);
  }
}
