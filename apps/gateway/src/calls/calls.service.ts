import { Injectable } from '@nestjs/common';
import {
  AppError,
  executeMetaTool,
  executeTool,
  isMetaTool,
  proxyRequest,
  refuseCustomTool,
  toCallContext,
  toCallSession,
  type AnswerOf,
  type CallSession,
  type SentSession,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { RateLimits, userKey } from '../limits/index.js';
import { OffloadService } from '../offload/index.js';
import { CallCancellation } from './call-cancellation.service.js';
import type { Call, ProxyCall, ProxyOutcome, ToolCall, ToolOutcome } from './call.js';
import { DirectMetaTools } from './direct-meta-tools.js';
import { SessionSender } from './session-sender.service.js';

export const MULTI_EXECUTE = 'COMPOSIO_MULTI_EXECUTE_TOOL';
const MANAGE_CONNECTIONS = 'COMPOSIO_MANAGE_CONNECTIONS';

/** Sends every call to the service that runs it: app tools and proxied requests to `tools`, meta tools to `sessions`. */
@Injectable()
export class CallsService {
  constructor(
    private readonly cancellation: CallCancellation,
    private readonly bus: Bus,
    private readonly directMetaTools: DirectMetaTools,
    private readonly offload: OffloadService,
    private readonly limits: RateLimits,
    private readonly sender: SessionSender,
  ) {}

  async execute(call: ToolCall): Promise<ToolOutcome> {
    if (!isMetaTool(call.toolSlug)) return this.executeApp(call);
    if (call.origin?.parent) throw notFromSandbox(call.toolSlug);
    return this.executeMeta(call);
  }

  /** Also for slugs that are no meta tool's: `sessions` refuses them. */
  async executeMeta(call: ToolCall): Promise<ToolOutcome> {
    const { scope, toolSlug, arguments: given, customTools, idempotencyKey, allowed = [] } = call;
    if (!scope.session) return this.directMetaTools.run(scope.projectId, toolSlug, given);
    const { projectId, id, userId } = scope.session;
    // It makes links, as the routes for them do.
    if (toolSlug.toUpperCase() === MANAGE_CONNECTIONS)
      await this.limits.consume('links', userKey(projectId, userId));
    const outcome = await this.cancellation.run(call.signal, () =>
      this.bus.requestRaw(executeMetaTool, {
        projectId,
        id,
        slug: toolSlug,
        arguments: given,
        customTools,
        allowedForCall: [...allowed],
        idempotencyKey,
        context: toCallContext(call.context),
      }),
    );
    if (toolSlug !== MULTI_EXECUTE) return outcome;
    // Its data is looked into.
    return this.offload.ofMany(scope.session, given['sync_response_to_workbench'] === true, outcome);
  }

  proxy(call: ProxyCall): Promise<ProxyOutcome> {
    const { toolkit, request } = call;
    return this.send(call, (common) => this.bus.request(proxyRequest, { ...request, ...common, toolkit }));
  }

  private async executeApp(call: ToolCall): Promise<AnswerOf<typeof executeTool>> {
    const { scope, toolSlug, arguments: given, version, customAuth } = call;
    if (scope.session) refuseCustomTool(toolSlug);
    const outcome = await this.send(call, (common) =>
      this.bus.requestRaw(executeTool, { ...common, toolSlug, arguments: given, version, customAuth }),
    );
    return scope.session && call.offload ? this.offload.ofTool(scope.session, toolSlug, outcome) : outcome;
  }

  private send<T>(call: Call, ask: (common: ReturnType<typeof commonOf>) => Promise<T>): Promise<T> {
    const { scope, allowed = [], signal } = call;
    const askWith = (session: SentSession) => ask(commonOf(call, session));
    return this.cancellation.run(signal, () => {
      if (!scope.session) return askWith(directScope(scope.userId));
      // What is allowed for this call alone is no part of what is remembered.
      if (allowed.length > 0) return askWith(toCallSession(scope.session, allowed));
      return this.sender.with(scope.session, askWith);
    });
  }
}

/** The part of a message to `tools` that all calls have. */
function commonOf(
  { scope, account, credential, origin, idempotencyKey, context }: Call,
  session: SentSession,
) {
  const { projectId } = scope.session ?? scope;
  const common = { projectId, session, account, credential, idempotencyKey, ...origin };
  return { ...common, context: toCallContext(context) };
}

/** Outside of sessions every tool is in scope. */
function directScope(userId: string): CallSession {
  return {
    id: null,
    userId,
    scope: { tools: {}, tags: {} },
    authConfigs: {},
    connectedAccounts: {},
    requireChoice: false,
  };
}

function notFromSandbox(slug: string): AppError {
  return new AppError(
    'invalid_request',
    `${slug} is a meta tool: it is called from outside of the workbench.`,
  );
}
