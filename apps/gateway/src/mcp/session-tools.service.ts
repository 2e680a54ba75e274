import { Injectable } from '@nestjs/common';
import { type CallToolResult, type ListToolsResult } from '@modelcontextprotocol/server';
import { AppError, listSessionTools, type Session } from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';
import { CallsService, type Call } from '../calls/calls.service.js';
import { headerParametersOf, type HeaderParameter } from './header-checks.js';
import { presentOutcome, presentRefusal, presentTool } from './tool.presenter.js';

/** A list that is longer goes on under its cursor. */
const TOOLS_A_PAGE = 100;
const CACHE = { max: 2_000, ttlMs: 30_000 };

/** A session's tools as both eras of the protocol have them. */
@Injectable()
export class SessionToolsService {
  private readonly headerParameters: EventCache<Map<string, HeaderParameter[]>>;

  constructor(
    private readonly bus: Bus,
    private readonly calls: CallsService,
    nats: NatsClient,
  ) {
    this.headerParameters = new EventCache(nats, {
      ...CACHE,
      load: async (key) => {
        const [projectId = '', id = ''] = key.split(' ');
        return this.loadHeaderParameters(projectId, id);
      },
    });
  }

  async list({ projectId, id }: Session, cursor?: string): Promise<ListToolsResult> {
    const page = await this.bus.request(listSessionTools, { projectId, id, limit: TOOLS_A_PAGE, cursor });
    return { tools: page.items.map(presentTool), ...(page.nextCursor && { nextCursor: page.nextCursor }) };
  }

  async call(session: Session, call: Call, signal: AbortSignal): Promise<CallToolResult> {
    try {
      return presentOutcome(await this.calls.execute(session, call, signal));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return presentRefusal(error);
    }
  }

  /** Which arguments of a tool have to be repeated in headers. Of a tool that is not listed: none. */
  async headerParametersOf(session: Session, tool: string): Promise<HeaderParameter[]> {
    // The version in the key: a session that was changed has other tools.
    const key = `${session.projectId} ${session.id} ${session.configVersion}`;
    return (await this.headerParameters.get(key)).get(tool) ?? [];
  }

  private async loadHeaderParameters(projectId: string, id: string): Promise<Map<string, HeaderParameter[]>> {
    const found = new Map<string, HeaderParameter[]>();
    let cursor: string | undefined;
    do {
      const page = await this.bus.request(listSessionTools, { projectId, id, limit: 1000, cursor });
      for (const { slug, inputSchema } of page.items) {
        const parameters = headerParametersOf(inputSchema);
        if (parameters.length > 0) found.set(slug, parameters);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return found;
  }
}
