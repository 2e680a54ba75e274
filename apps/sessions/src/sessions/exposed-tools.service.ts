import { Injectable } from '@nestjs/common';
import {
  getWorkbenchStatus,
  listTools,
  type OutputOf,
  type Session,
  type SessionConfig,
  type ToolDefinition,
} from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';
import { MAX_PRELOADED } from '../config-validation/index.js';
import { enabledMetaTools } from './enabled-meta-tools.js';

const WORKBENCH_STATUS_TTL_MS = 10_000;
const NOT_RUNNING = { available: false, reason: 'The workbench service is not running.' };

type ToolsOf = Pick<Session, 'projectId' | 'config' | 'createdAt'>;

/** The tools that a session offers to an agent: the preloaded ones, then the meta tools that are enabled. */
@Injectable()
export class ExposedToolsService {
  private readonly workbench: EventCache<OutputOf<typeof getWorkbenchStatus>>;

  constructor(
    private readonly bus: Bus,
    nats: NatsClient,
  ) {
    this.workbench = new EventCache(nats, {
      max: 1,
      ttlMs: WORKBENCH_STATUS_TTL_MS,
      // Without a workbench everything else works; its tools are not offered.
      load: () => this.bus.request(getWorkbenchStatus, {}).catch(() => NOT_RUNNING),
    });
  }

  /** Why the workbench that the configuration enables is not available; undefined when it is. */
  async workbenchMissing({ workbench }: SessionConfig): Promise<string | undefined> {
    const { available, reason } = await this.workbench.get('status');
    return workbench.enabled && !available ? (reason ?? NOT_RUNNING.reason) : undefined;
  }

  /** @returns the slugs of the enabled ones, in the order in which they are listed */
  async metaTools(config: SessionConfig): Promise<string[]> {
    const { available } = await this.workbench.get('status');
    return enabledMetaTools(config, available);
  }

  /** @returns slugs, in the order in which they are listed */
  async slugs(session: ToolsOf): Promise<string[]> {
    const [preloaded, meta] = await Promise.all([this.preloaded(session), this.metaTools(session.config)]);
    return [...preloaded.map(({ slug }) => slug), ...meta];
  }

  async preloaded({ projectId, config, createdAt }: ToolsOf): Promise<ToolDefinition[]> {
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
