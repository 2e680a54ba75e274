import { Injectable } from '@nestjs/common';
import type { CallToolResult, InputRequiredResult, ListToolsResult } from '@modelcontextprotocol/server';
import { AppError, CallOutcome, listSessionTools, RawJson, type Session } from '@patchbay/contracts';
import { Bus, EventCache, NatsClient, runWithDeadline } from '@patchbay/service';
import { z } from 'zod';
import { CallsService, type ToolCall } from '../../calls/index.js';
import { REQUEST_LIMIT_MS } from '../../http/index.js';
import { IdempotencyService, idempotentCallOf } from '../../idempotency/index.js';
import { headerParametersOf, type HeaderParameter } from '../transport/header-checks.js';
import { McpPermissions } from '../elicitation/permissions.service.js';
import type { CallOptions } from './call-options.js';
import { presentToolResult, presentRefusal, presentTool } from './tool.presenter.js';

const TOOLS_A_PAGE = 100;
/** The outcome of a call that was made now, or read from what is kept of an earlier one. */
const KeptOutcome = CallOutcome.extend({ data: z.union([z.instanceof(RawJson), CallOutcome.shape.data]) });
const CACHE = { max: 2_000, ttlMs: 30_000 };

/** Lists and calls a session's tools. */
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
    call: Pick<ToolCall, 'toolSlug' | 'arguments'>,
    { signal, elicitor, idempotencyKey: given, context }: CallOptions,
  ): Promise<CallToolResult | InputRequiredResult> {
    try {
      const allowed = await this.permissions.request(session, call, elicitor);
      if (!Array.isArray(allowed)) return allowed;
      signal.throwIfAborted();
      const idempotent = idempotentCallOf(session, given, call);
      const idempotencyKey = idempotent?.key;
      // The user may have taken longer to answer than a request's deadline.
      const renewed = allowed.length > 0 ? Date.now() + REQUEST_LIMIT_MS : undefined;
      const deadline = renewed ?? context.deadline;
      const make = (isRetry: boolean) =>
        this.calls.execute({
          ...call,
          scope: { session },
          allowed,
          idempotencyKey,
          signal,
          context: { ...context, deadline, isRetry },
        });
      const execution = { work: make, isCallerGone: () => signal.aborted };
      const run = async () =>
        idempotent
          ? KeptOutcome.parse(await this.idempotency.execute(idempotent, execution))
          : make(context.isRetry);
      const outcome = await (renewed ? runWithDeadline(renewed, run) : run());
      return presentToolResult(outcome);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return presentRefusal(error);
    }
  }

  /** The arguments of a tool that have to be repeated in headers; none for a tool that is not listed. */
  async headerParametersOf(session: Session, tool: string): Promise<HeaderParameter[]> {
    // With the version: a session that was changed has other tools.
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
