import { Injectable } from '@nestjs/common';
import type { CallToolResult, InputRequiredResult, ListToolsResult } from '@modelcontextprotocol/server';
import { AppError, CallOutcome, listSessionTools, type Session } from '@patchbay/contracts';
import { Bus, currentContext, EventCache, NatsClient, newContext, runInContext } from '@patchbay/service';
import { CallsService, type Call } from '../calls/calls.service.js';
import { REQUEST_LIMIT_MS } from '../http/request-hooks.js';
import { idempotentCallOf } from '../idempotency/idempotent-request.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { headerParametersOf, type HeaderParameter } from './header-checks.js';
import { McpPermissions } from './permissions.service.js';
import type { Caller } from './person.js';
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
    private readonly permissions: McpPermissions,
    private readonly idempotency: IdempotencyService,
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

  async call(
    session: Session,
    call: Pick<Call, 'toolSlug' | 'arguments'>,
    { signal, person, key }: Caller,
  ): Promise<CallToolResult | InputRequiredResult> {
    try {
      const allowed = await this.permissions.settle(session, call, person);
      if (!Array.isArray(allowed)) return allowed;
      signal.throwIfAborted();
      const idempotent = idempotentCallOf(session, key, call);
      const idempotencyKey = idempotent?.key;
      const make = () => this.calls.execute(session, { ...call, allowed, idempotencyKey }, signal);
      const execution = { work: make, isCallerGone: () => signal.aborted };
      const run = async () =>
        idempotent ? CallOutcome.parse(await this.idempotency.execute(idempotent, execution)) : make();
      const outcome = await (allowed.length > 0 ? inFreshTime(run) : run());
      return presentOutcome(outcome);
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

/** A person may have taken longer to answer than a request has. */
function inFreshTime<T>(work: () => T): T {
  return runInContext(newContext({ ...currentContext(), deadline: Date.now() + REQUEST_LIMIT_MS }), work);
}
