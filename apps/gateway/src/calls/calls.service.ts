import { Injectable } from '@nestjs/common';
import {
  AppError,
  executeMetaTool,
  executeTool,
  isMetaTool,
  refuseCustomTool,
  toCallSession,
  type CallOrigin,
  type CallOutcome,
  type CustomTools,
  type Session,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { Limits } from '../limits/limits.service.js';
import { userKey } from '../limits/limits.table.js';
import { OffloadService } from '../offload/offload.service.js';
import { Abandonment } from './abandonment.service.js';

export const MULTI_EXECUTE = 'COMPOSIO_MULTI_EXECUTE_TOOL';
const MANAGE_CONNECTIONS = 'COMPOSIO_MANAGE_CONNECTIONS';

export interface Call {
  toolSlug: string;
  arguments: Record<string, unknown>;
  account?: string | undefined;
  /** Whether a large result is saved into the session's mount. */
  offload?: boolean | undefined;
  /** Set when the code of a sandbox makes the call. */
  origin?: CallOrigin | undefined;
  /** The custom tools that came with the call: meta tools find them. */
  customTools?: CustomTools | undefined;
  /** What a person has allowed for this call, by permission keys. */
  allowed?: readonly string[] | undefined;
  /** The caller's name for the call, passed on to providers that take one. */
  idempotencyKey?: string | undefined;
}

/** Sends a session's call to the service that runs it: app tools straight to `tools`, meta tools to `sessions`. */
@Injectable()
export class CallsService {
  constructor(
    private readonly abandonment: Abandonment,
    private readonly bus: Bus,
    private readonly offload: OffloadService,
    private readonly limits: Limits,
  ) {}

  /** @param signal tells that nobody waits for the call any more: it then ends at its provider too */
  execute(session: Session, call: Call, signal?: AbortSignal): Promise<CallOutcome> {
    return this.abandonment.watch(signal, () => this.send(session, call));
  }

  private async send(session: Session, call: Call): Promise<CallOutcome> {
    if (isMetaTool(call.toolSlug)) {
      if (call.origin?.parent) throw notFromInside(call.toolSlug);
      return this.executeMeta(session, call);
    }
    refuseCustomTool(call.toolSlug);
    const { projectId } = session;
    const { toolSlug, arguments: given, account, origin, idempotencyKey, allowed } = call;
    const outcome = await this.bus.request(executeTool, {
      projectId,
      session: toCallSession(session, allowed),
      toolSlug,
      arguments: given,
      account,
      idempotencyKey,
      ...origin,
    });
    return call.offload ? this.offload.ofTool(session, toolSlug, outcome) : outcome;
  }

  async executeMeta(session: Session, call: Call): Promise<CallOutcome> {
    const { projectId, id } = session;
    const { toolSlug, arguments: given, customTools, idempotencyKey, allowed = [] } = call;
    // It makes links, as the routes for them do.
    if (toolSlug.toUpperCase() === MANAGE_CONNECTIONS)
      await this.limits.spend('links', userKey(projectId, session.userId));
    const outcome = await this.bus.request(executeMetaTool, {
      projectId,
      id,
      slug: toolSlug,
      arguments: given,
      customTools,
      allowedForCall: [...allowed],
      idempotencyKey,
    });
    if (toolSlug !== MULTI_EXECUTE) return outcome;
    return this.offload.ofMany(session, given['sync_response_to_workbench'] === true, outcome);
  }
}

function notFromInside(slug: string): AppError {
  return new AppError(
    'invalid_request',
    `${slug} is a meta tool: it is called from outside of the workbench.`,
  );
}
