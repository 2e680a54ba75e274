import { Controller } from '@nestjs/common';
import {
  getMcpRegistryServer,
  listMcpRegistries,
  searchMcpRegistry,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { McpRegistriesService } from './mcp-registries.service.js';

@Controller()
export class McpRegistriesController {
  constructor(private readonly registries: McpRegistriesService) {}

  @Handle(listMcpRegistries)
  async list(_input: InputOf<typeof listMcpRegistries>): Promise<OutputOf<typeof listMcpRegistries>> {
    return { items: this.registries.list() };
  }

  @Handle(searchMcpRegistry)
  search(input: InputOf<typeof searchMcpRegistry>): Promise<OutputOf<typeof searchMcpRegistry>> {
    return this.registries.search(input);
  }

  @Handle(getMcpRegistryServer)
  get(input: InputOf<typeof getMcpRegistryServer>): Promise<OutputOf<typeof getMcpRegistryServer>> {
    return this.registries.get(input);
  }
}
