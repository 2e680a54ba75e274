import { Injectable } from '@nestjs/common';
import {
  getWorkbenchStatus,
  listTools,
  pageOfList,
  type Page,
  type PageRequest,
  type Session,
  type SessionConfig,
  type ToolDefinition,
} from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';
import { META_TOOL_DEFINITIONS } from '../meta-tools/definitions.js';
import { enabledMetaTools } from '../meta-tools/enabled-meta-tools.js';
import { MAX_PRELOADED } from './config.validator.js';

const WORKBENCH_STATUS_TTL_MS = 10_000;

type ToolsOf = Pick<Session, 'projectId' | 'config' | 'createdAt'>;

/** The tools that a session hands to an agent: preloaded ones first, then the meta tools that are on. */
@Injectable()
export class ExposedToolsService {
  private readonly workbench: EventCache<{ available: boolean }>;

  constructor(
    private readonly bus: Bus,
    nats: NatsClient,
  ) {
    this.workbench = new EventCache(nats, {
      max: 1,
      ttlMs: WORKBENCH_STATUS_TTL_MS,
      // Without a workbench everything else works: its tools are just not offered.
      load: () => this.bus.request(getWorkbenchStatus, {}).catch(() => ({ available: false })),
    });
  }

  async metaTools(config: SessionConfig): Promise<string[]> {
    const { available } = await this.workbench.get('status');
    return enabledMetaTools(config, available);
  }

  /** @returns slugs, in the order in which they are listed */
  async slugs(session: ToolsOf): Promise<string[]> {
    const [preloaded, meta] = await Promise.all([this.preloaded(session), this.metaTools(session.config)]);
    return [...preloaded.map(({ slug }) => slug), ...meta];
  }

  async list(session: Session, page: PageRequest): Promise<Page<ToolDefinition>> {
    const [preloaded, meta] = await Promise.all([this.preloaded(session), this.metaTools(session.config)]);
    return pageOfList(
      [...preloaded, ...meta.map((slug) => META_TOOL_DEFINITIONS.get(slug)).filter(isPresent)],
      page,
    );
  }

  private async preloaded({ projectId, config, createdAt }: ToolsOf): Promise<ToolDefinition[]> {
    const { toolkits, tools, tags, preload } = config;
    if (preload.tools !== 'all' && preload.tools.length === 0) return [];
    const { items } = await this.bus.request(listTools, {
      projectId,
      scope: { toolkits, tools, tags },
      limit: MAX_PRELOADED,
      toolsAt: createdAt,
      ...(preload.tools !== 'all' && { slugs: preload.tools }),
    });
    return items;
  }
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
