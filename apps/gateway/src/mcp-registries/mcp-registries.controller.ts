import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  getMcpRegistryServer,
  listMcpRegistries,
  RegistryName,
  RegistryServerName,
  searchMcpRegistry,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageLimit, Wire } from '../http/index.js';
import { RegistriesAnswer, RegistryServerAnswer, RegistryServersAnswer } from './mcp-registry.answer.js';
import { presentRegistryItem, presentRegistryServer } from './mcp-registry.presenter.js';

const SearchQuery = z.object({
  search: z
    .string()
    .max(200)
    .optional()
    .describe('As the registry searches: a part of a name, or of a description.'),
  cursor: z.string().max(1_000).optional().describe('The `next_cursor` of the page before.'),
  limit: pageLimit(100),
});
const ServerQuery = z.object({
  version: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('One that the registry has; the newest one without it.'),
});
/** The two halves of a server's name, which has one slash in it. */
const Namespace = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9.-]+$/, 'must look like io.github.acme');
const Name = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9._-]+$/, 'must look like weather');

const REGISTRY = 'One that the operator set up, by its name.';

/** Registries of MCP servers (docs/mcp-registries.md). Ours. A server is added by an upsert of a custom toolkit. */
@Controller('mcp_registries')
@AccessFor('project')
@Area('toolkits')
@ApiTag('Custom toolkits')
export class McpRegistriesController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listMcpRegistries',
    summary: 'List the registries of MCP servers that the operator set up',
    description: 'The first one is asked where none is named.',
    answer: RegistriesAnswer,
    leadsTo: { 'mcp_registries/:registry': 'items.0.name' },
  })
  @Get()
  list(@ProjectId() projectId: string) {
    return this.bus.request(listMcpRegistries, { projectId });
  }

  @Describe({
    id: 'searchMcpRegistry',
    summary: 'Search a registry for MCP servers',
    description: 'The newest version of each, in the order of the registry.',
    path: { registry: REGISTRY },
    answer: RegistryServersAnswer,
    errors: ['not_found', 'unavailable', 'rate_limited'],
  })
  @Get(':registry/servers')
  async search(
    @ProjectId() projectId: string,
    @Param('registry', new Wire(RegistryName)) registry: string,
    @Query(new Wire(SearchQuery)) query: z.output<typeof SearchQuery>,
  ) {
    const { items, nextCursor, leftOut } = await this.bus.request(searchMcpRegistry, {
      projectId,
      registry,
      ...query,
    });
    return {
      items: items.map(presentRegistryItem),
      next_cursor: nextCursor,
      left_out: { unreadable: leftOut.unreadable, not_allowed: leftOut.notAllowed },
    };
  }

  @Describe({
    id: 'getMcpRegistryServer',
    summary: 'Get an MCP server of a registry, and what it asks for',
    description:
      'It is added by an upsert of a custom toolkit, with `{"type": "mcp_registry", "server": …}` as the source.',
    path: {
      registry: REGISTRY,
      namespace: 'Its name up to the slash, such as `io.github.acme`.',
      name: 'Its name behind the slash.',
    },
    answer: RegistryServerAnswer,
    errors: ['not_found', 'unavailable', 'rate_limited'],
  })
  @Get(':registry/servers/:namespace/:name')
  async get(
    @ProjectId() projectId: string,
    @Param('registry', new Wire(RegistryName)) registry: string,
    @Param('namespace', new Wire(Namespace)) namespace: string,
    @Param('name', new Wire(Name)) name: string,
    @Query(new Wire(ServerQuery)) { version }: z.output<typeof ServerQuery>,
  ) {
    const whole = new Wire(RegistryServerName).transform(`${namespace}/${name}`, { data: 'namespace/name' });
    const server = whole as string;
    return presentRegistryServer(
      await this.bus.request(getMcpRegistryServer, { projectId, registry, server, version }),
    );
  }
}
