import { Injectable } from '@nestjs/common';
import {
  AppError,
  getAuthConfig,
  listTools,
  SessionConfig,
  type SessionConfig as Config,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { McpServer } from './mcp-server.entity.js';

type Settings = Pick<McpServer, 'toolkits' | 'allowedTools' | 'authConfigIds' | 'managesConnections'>;

/** The session configuration that a server's settings mean. */
@Injectable()
export class ServerConfigService {
  constructor(private readonly bus: Bus) {}

  /** The server's toolkits with those of its auth configs, each once. */
  async toolkitsOf(projectId: string, { toolkits, authConfigIds }: Settings): Promise<string[]> {
    const configs = await this.authConfigs(projectId, authConfigIds);
    return [...new Set([...toolkits, ...Object.keys(configs)])];
  }

  /** All its tools preloaded, and no meta tool but the one for connections when the server manages them. */
  async sessionConfig(projectId: string, settings: Settings): Promise<Config> {
    const { toolkits, allowedTools, authConfigIds, managesConnections } = settings;
    return SessionConfig.parse({
      toolkits: { enabled: toolkits },
      tools: await this.toolFilters(projectId, allowedTools),
      authConfigs: await this.authConfigs(projectId, authConfigIds),
      preload: { tools: allowedTools.length > 0 ? allowedTools : toolkits.length > 0 ? 'all' : [] },
      manageConnections: { enabled: managesConnections },
      search: { enabled: false },
      execute: { multiExecute: false },
      workbench: { enabled: false },
    });
  }

  private async authConfigs(projectId: string, ids: string[]): Promise<Record<string, string>> {
    const configs = await Promise.all(ids.map((id) => this.bus.request(getAuthConfig, { projectId, id })));
    return Object.fromEntries(configs.map(({ toolkit, id }) => [toolkit, id]));
  }

  private async toolFilters(projectId: string, slugs: string[]): Promise<Config['tools']> {
    if (slugs.length === 0) return {};
    const { items } = await this.bus.request(listTools, { projectId, slugs, limit: 1000 });
    const unknown = slugs.filter((slug) => !items.some((tool) => tool.slug.toUpperCase() === slug));
    if (unknown.length > 0) {
      throw new AppError('invalid_request', `There are no tools ${unknown.join(', ')}.`);
    }
    const filters: Record<string, { enabled: string[] }> = {};
    for (const { slug, toolkit } of items) (filters[toolkit.slug] ??= { enabled: [] }).enabled.push(slug);
    return filters;
  }
}
