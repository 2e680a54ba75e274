import { Injectable } from '@nestjs/common';
import {
  CLIENT_CAPABILITIES_META_KEY,
  ProtocolError,
  ProtocolErrorCode,
  SERVER_INFO_META_KEY,
  specTypeSchemas,
  SUBSCRIPTION_ID_META_KEY,
  UnsupportedProtocolVersionError,
  type InboundModernRoute,
  type JSONRPCRequest,
} from '@modelcontextprotocol/server';
import type { Session } from '@patchbay/contracts';
import { z } from 'zod';
import { ConcurrencyLimits } from '../limits/index.js';
import { RpcResponse } from './transport/rpc-response.js';
import { StatelessElicitation } from './elicitation/stateless-elicitation.js';
import { ChangeStreams } from './transport/change-streams.service.js';
import { supportsForms } from './transport/client-id.js';
import type { HttpExchange } from './transport/http-exchange.js';
import { checkParameterHeaders, checkStandardHeaders } from './transport/header-checks.js';
import {
  errorMessage,
  HEADER_MISMATCH,
  notification,
  resultMessage,
  toProtocolError,
} from './transport/json-rpc.js';
import { McpMethods, parse } from './methods/methods.service.js';
import type { Elicitor } from './elicitation/elicitation.js';
import { reportProgress } from './methods/progress.js';
import { CAPABILITIES, STATELESS_VERSION, SERVER_INFO } from './transport/server-info.js';
import { SessionToolsService } from './methods/session-tools.service.js';

/** For clients that do not subscribe to changes. */
const LIST_TTL_MS = 30_000;
const CACHING = { ttlMs: LIST_TTL_MS, cacheScope: 'private' };

/** The errors with an HTTP status of their own (2026-07-28, Streamable HTTP). */
const STATUS_OF: Record<number, number> = {
  [ProtocolErrorCode.ParseError]: 400,
  [ProtocolErrorCode.InvalidRequest]: 400,
  [ProtocolErrorCode.UnsupportedProtocolVersion]: 400,
  [ProtocolErrorCode.MissingRequiredClientCapability]: 400,
  [HEADER_MISMATCH]: 400,
  [ProtocolErrorCode.MethodNotFound]: 404,
};

const CallWithCapabilities = z.looseObject({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).optional(),
  inputResponses: z.record(z.string(), z.unknown()).optional(),
  requestState: z.string().max(50_000).optional(),
  _meta: z.looseObject({
    [CLIENT_CAPABILITIES_META_KEY]: z.looseObject({
      elicitation: z
        .looseObject({ form: z.looseObject({}).optional(), url: z.looseObject({}).optional() })
        .optional(),
    }),
  }),
});

/** Stateless MCP, 2026-07-28: no handshake, every request carries the client's version and capabilities. */
@Injectable()
export class StatelessMcp {
  constructor(
    private readonly methods: McpMethods,
    private readonly tools: SessionToolsService,
    private readonly changes: ChangeStreams,
    private readonly elicitation: StatelessElicitation,
    private readonly concurrency: ConcurrencyLimits,
  ) {}

  async serve(session: Session, http: HttpExchange, route: InboundModernRoute): Promise<void> {
    // No notification of a client needs handling: a call is cancelled by closing its connection.
    if (route.messageKind === 'notification') return http.respondEmpty(202);
    const { message, classification } = route;
    const response = new RpcResponse(http);
    try {
      requireVersion(classification.revision);
      checkStandardHeaders(message, (name) => http.header(name));
      if (message.method === 'subscriptions/listen') return this.listen(session, http, message);
      response.finish(resultMessage(message.id, complete(await this.run(session, http, response, message))));
    } catch (error) {
      const refusal = toProtocolError(error);
      response.finish(errorMessage(message.id, refusal), STATUS_OF[refusal.code] ?? 200);
    }
  }

  private async run(
    session: Session,
    http: HttpExchange,
    response: RpcResponse,
    message: JSONRPCRequest,
  ): Promise<object> {
    switch (message.method) {
      case 'server/discover':
        return {
          supportedVersions: [STATELESS_VERSION],
          capabilities: CAPABILITIES,
          instructions: this.methods.instructionsFor(session),
          ...CACHING,
        };
      case 'tools/list':
        return { ...(await this.methods.listTools(session, message)), ...CACHING };
      case 'tools/call':
        return this.call(session, http, response, message);
      default:
        throw new ProtocolError(ProtocolErrorCode.MethodNotFound, `Method not found: ${message.method}`);
    }
  }

  private async call(
    session: Session,
    http: HttpExchange,
    response: RpcResponse,
    message: JSONRPCRequest,
  ): Promise<object> {
    const params = this.methods.callParams(message);
    const parameters = await this.tools.headerParametersOf(session, params.name);
    checkParameterHeaders(parameters, params.arguments ?? {}, (name) => http.header(name));
    const stop = reportProgress(response, params._meta?.progressToken);
    try {
      return await this.methods.callTool(session, params, {
        signal: http.clientGone,
        elicitor: this.elicitorFor(session, message),
        idempotencyKey: http.header('idempotency-key'),
        context: http.callContext,
      });
    } finally {
      stop();
    }
  }

  private elicitorFor(session: Session, { params }: JSONRPCRequest): Elicitor | undefined {
    const call = parse(CallWithCapabilities, params);
    const capabilities = call._meta[CLIENT_CAPABILITIES_META_KEY];
    return supportsForms(capabilities) ? this.elicitation.elicitorFor(session.id, call) : undefined;
  }

  /** A stream of the changes that the client subscribed to, under the id of its request. */
  private listen(session: Session, http: HttpExchange, { id, params }: JSONRPCRequest): void {
    const { notifications } = parse(specTypeSchemas.SubscriptionsListenRequestParams, params);
    const wanted = notifications.toolsListChanged === true;
    const _meta = { [SUBSCRIPTION_ID_META_KEY]: id };
    // Before the stream is open, an error can still be returned.
    const listener = { changed: () => {}, end: () => {} };
    const close = wanted ? this.changes.open(session, listener) : () => undefined;
    const stream = http.stream();
    this.concurrency.release(http.response);
    stream.onClose(close);
    stream.send(
      notification('notifications/subscriptions/acknowledged', {
        notifications: wanted ? { toolsListChanged: true } : {},
        _meta,
      }),
    );
    listener.changed = () => stream.send(notification('notifications/tools/list_changed', { _meta }));
    listener.end = () => {
      stream.send(resultMessage(id, complete({ _meta })));
      stream.end();
    };
    http.onRevoked(() => listener.end());
    if (!wanted) listener.end();
  }
}

function requireVersion(requested: string | undefined): void {
  if (requested === STATELESS_VERSION) return;
  throw new UnsupportedProtocolVersionError({
    supported: [STATELESS_VERSION],
    requested: requested ?? 'unknown',
  });
}

function complete({ _meta, ...result }: { _meta?: object }): object {
  return { resultType: 'complete', ...result, _meta: { ..._meta, [SERVER_INFO_META_KEY]: SERVER_INFO } };
}
