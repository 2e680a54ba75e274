import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Tool } from '@modelcontextprotocol/client';
import { openCredential, type EventDataOf, type connectionChanged } from '@patchbay/contracts';
import { Bus, LOGGER, type Logger } from '@patchbay/service';
import type { DcrOAuthSpec } from '@patchbay/toolkits';
import type { Repository } from 'typeorm';
import { McpUpstreams, type Upstream } from '../mcp/mcp.upstreams.js';
import { McpReader } from './mcp.source.js';
import { ProjectToolkit } from './project-toolkit.entity.js';
import { ProjectToolkitsService } from './project-toolkits.service.js';

/** Keeps toolkits in step with their MCP servers. */
@Injectable()
export class McpFollower {
  constructor(
    @InjectRepository(ProjectToolkit) private readonly toolkits: Repository<ProjectToolkit>,
    private readonly service: ProjectToolkitsService,
    private readonly reader: McpReader,
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
    upstreams: McpUpstreams,
  ) {
    upstreams.onToolsChanged = (upstream, tools) => {
      this.keepListed(upstream, tools).catch((error: unknown) =>
        this.logger.warn({ err: error, toolkit: upstream.slug }, 'a changed list of tools could not be kept'),
      );
    };
  }

  /** A server that wants a sign-in shows its tools to whoever has signed in: the first one who did. */
  async onConnected(
    projectId: string,
    { connectionId, userId, toolkit: slug }: EventDataOf<typeof connectionChanged>,
  ): Promise<void> {
    const row = await this.toolkits.findOneBy({ projectId, slug });
    if (row?.source.type !== 'mcp' || !row.source.url || row.latest.tools.length > 0) return;
    const { headers } = await this.bus.request(openCredential, {
      projectId,
      userId,
      toolkit: slug,
      toolSlug: slug,
      account: connectionId,
      rules: {},
    });
    const reading = await this.reader.read({
      projectId,
      slug,
      name: row.name ?? undefined,
      url: row.source.url,
      account: { connectionId, headers },
    });
    // Whoever added the server approved what it would show; nothing of it was known then.
    await this.service.keep(row, reading, { approve: true });
  }

  private async keepListed({ projectId, slug, url }: Upstream, tools: Tool[]): Promise<void> {
    const row = await this.toolkits.findOneBy({ projectId, slug });
    if (row?.source.type !== 'mcp' || row.source.url !== url) return;
    const auth = row.latest.auth as DcrOAuthSpec[];
    await this.service.keep(
      row,
      this.reader.reading({ slug, name: row.name ?? undefined, url }, tools, auth),
    );
  }
}
