import { Injectable } from '@nestjs/common';
import {
  isInitializeRequest,
  isJSONRPCRequest,
  ProtocolError,
  ProtocolErrorCode,
  specTypeSchemas,
  type CallToolRequestParams,
  type InboundLegacyRoute,
  type JSONRPCNotification,
  type JSONRPCRequest,
  type RequestId,
} from '@modelcontextprotocol/server';
import type { CallContext, Session } from '@patchbay/contracts';
import { currentContext, newContext, runInContext } from '@patchbay/service';
import { ConcurrencyLimits, RateLimits, userKey } from '../limits/index.js';
import { RpcResponse } from './transport/rpc-response.js';
import { ChangeStreams, type ChangeListener } from './transport/change-streams.service.js';
import { newClientId, readClientId, type ClientId } from './transport/client-id.js';
import { ClientsService } from './transport/clients.service.js';
import type { HttpExchange } from './transport/http-exchange.js';
import {
  errorMessage,
  notification,
  resultMessage,
  SERVER_ERROR,
  toProtocolError,
} from './transport/json-rpc.js';
import { McpMethods, parse } from './methods/methods.service.js';
import type { Elicitor } from './elicitation/elicitation.js';
import { reportProgress } from './methods/progress.js';
import { StreamElicitation } from './elicitation/stream-elicitation.service.js';
import type { PlainCall } from './transport/plain-call.js';
import { CAPABILITIES, LEGACY_VERSIONS, SERVER_INFO } from './transport/server-info.js';
import { sortMessages } from './transport/sorted-messages.js';

/** The last version with batches of messages. */
const LAST_WITH_BATCHES = '2025-03-26';
const MAX_BATCH = 100;
/** The first version whose clients accept events without data. */
const FIRST_WITH_PRIMING = '2025-11-25';
/** The error of the specification's own implementations for an ended session. */
const SESSION_NOT_FOUND = -32_001;

/** A validated HTTP request, whose messages share its session, client and response. */
interface Received {
  session: Session;
  client: ClientId | undefined;
  response: RpcResponse;
  /** Calls back when the client may not have the response any more. @returns what takes the listener off */
  onRevoked: (listener: () => void) => () => void;
  idempotencyKey: string | undefined;
  context: CallContext;
}

/** Legacy MCP: sessions by a handshake, 2025-11-25 and before. */
@Injectable()
export class LegacyMcp {
  constructor(
    private readonly methods: McpMethods,
    private readonly clients: ClientsService,
    private readonly changes: ChangeStreams,
    private readonly elicitation: StreamElicitation,
    private readonly concurrency: ConcurrencyLimits,
    private readonly limits: RateLimits,
  ) {}

  /** @param plainCall what was posted, where it needs no more checks */
  async serve(
    session: Session,
    http: HttpExchange,
    { reason }: Pick<InboundLegacyRoute, 'reason'>,
    plainCall?: PlainCall,
  ): Promise<void> {
    if (reason === 'initialize') return this.initialize(session, http);
    const version = http.header('mcp-protocol-version');
    if (version !== undefined && !LEGACY_VERSIONS.includes(version)) {
      const message = `Unsupported protocol version: ${version} (supported: ${LEGACY_VERSIONS.join(', ')})`;
      return http.respond(400, errorMessage(null, { code: SERVER_ERROR, message }));
    }
    const given = http.header('mcp-session-id');
    const client = given === undefined ? undefined : readClientId(given);
    if (given !== undefined && (!client || this.clients.hasLeft(given))) {
      const message = 'Session not found: initialize again.';
      return http.respond(404, errorMessage(null, { code: SESSION_NOT_FOUND, message }));
    }
    if (http.method === 'GET') return this.listen(session, http, version);
    if (http.method === 'DELETE') return this.leave(http, client);
    if (http.method !== 'POST') {
      const message = 'Method not allowed.';
      return http.respond(405, errorMessage(null, { code: SERVER_ERROR, message }), {
        allow: 'GET, POST, DELETE',
      });
    }
    if (!http.accepts('application/json') && !http.accepts('text/event-stream')) {
      const message = 'Accept must name application/json and text/event-stream.';
      return http.respond(406, errorMessage(null, { code: SERVER_ERROR, message }));
    }
    const received = {
      session,
      client,
      response: new RpcResponse(http),
      onRevoked: (listener: () => void) => http.onRevoked(listener),
      idempotencyKey: http.header('idempotency-key'),
      context: http.callContext,
    };
    if (!plainCall) return this.receive(received, http, version);
    const answer = await answerTo(plainCall, () => this.call(received, plainCall.id, plainCall.params));
    received.response.finish(answer);
  }

  private initialize(session: Session, http: HttpExchange): void {
    const { body } = http;
    if (!isJSONRPCRequest(body) || !isInitializeRequest(body)) {
      const id = isJSONRPCRequest(body) ? body.id : null;
      const message = 'Invalid params: protocolVersion, capabilities and clientInfo are needed.';
      return http.respond(400, errorMessage(id, { code: ProtocolErrorCode.InvalidParams, message }));
    }
    const { protocolVersion: wanted, capabilities } = body.params;
    const protocolVersion = LEGACY_VERSIONS.includes(wanted) ? wanted : LEGACY_VERSIONS[0];
    const instructions = this.methods.instructionsFor(session);
    const result = { protocolVersion, capabilities: CAPABILITIES, serverInfo: SERVER_INFO, instructions };
    new RpcResponse(http, { 'mcp-session-id': newClientId(capabilities).text }).finish(
      resultMessage(body.id, result),
    );
  }

  private async receive(received: Received, http: HttpExchange, version: string | undefined): Promise<void> {
    const { body } = http;
    const isBatch = Array.isArray(body);
    const messages: unknown[] = isBatch ? body : [body];
    if (isBatch && (messages.length > MAX_BATCH || (version !== undefined && version > LAST_WITH_BATCHES))) {
      return refuse(http, 'Invalid request: one message at a time.');
    }
    const sorted = sortMessages(messages);
    if (messages.length === 0 || !sorted) {
      return refuse(http, 'Invalid request: this is no message of JSON-RPC 2.0.');
    }
    for (const message of sorted.notifications) this.handleNotification(received, message);
    for (const message of sorted.responses) this.elicitation.answer(received.session.id, message);
    const [first, ...others] = sorted.requests;
    if (!first) return http.respondEmpty(202);
    if (!isBatch) return received.response.finish(await this.reply(received, first));
    await this.countOthers(received.session, others.length);
    const answers = [first, ...others].map((one) => inOwnContext(() => this.reply(received, one)));
    received.response.finish(await Promise.all(answers));
  }

  /** A batch is one HTTP request, and counts as many against the limits as it has messages. */
  private async countOthers({ projectId, userId }: Session, others: number): Promise<void> {
    if (others === 0) return;
    await this.limits.consume('project', projectId, others);
    await this.limits.consume('user', userKey(projectId, userId), others);
  }

  private reply(received: Received, message: JSONRPCRequest): Promise<object> {
    return answerTo(message, () => this.run(received, message));
  }

  private async run(received: Received, message: JSONRPCRequest): Promise<object> {
    switch (message.method) {
      case 'ping':
        return {};
      case 'tools/list':
        return this.methods.listTools(received.session, message);
      case 'tools/call':
        return this.call(received, message.id, this.methods.callParams(message));
      default:
        throw new ProtocolError(ProtocolErrorCode.MethodNotFound, `Method not found: ${message.method}`);
    }
  }

  /** A client that disconnects may resume its call: only `notifications/cancelled` cancels it. */
  private async call(received: Received, callId: RequestId, params: CallToolRequestParams): Promise<object> {
    const { session, client, response, onRevoked, idempotencyKey, context } = received;
    const stop = reportProgress(response, params._meta?.progressToken);
    try {
      const call = { sessionId: session.id, client: client?.text ?? '', callId, onRevoked };
      return await this.clients.during(call, (signal) => {
        const elicitor = this.elicitorFor(received, signal);
        return this.methods.callTool(session, params, { signal, elicitor, idempotencyKey, context });
      });
    } finally {
      stop();
    }
  }

  private elicitorFor({ session, client, response }: Received, signal: AbortSignal): Elicitor | undefined {
    if (!client?.supportsElicitation || !response.canNotify) return undefined;
    return {
      elicit: (request) =>
        this.elicitation.elicit(session.id, request, (message) => response.notify(message), signal),
    };
  }

  private handleNotification({ session, client }: Received, { method, params }: JSONRPCNotification): void {
    if (method !== 'notifications/cancelled') return;
    const { requestId } = parse(specTypeSchemas.CancelledNotificationParams, params) as {
      requestId?: RequestId;
    };
    if (requestId !== undefined) this.clients.cancel(session.id, client?.text ?? '', requestId);
  }

  /**
   * The stream of change notifications. Each event's id is the session's new version, so that any replica knows whether
   * a client that reconnects has missed one.
   */
  private listen(session: Session, http: HttpExchange, version: string | undefined): void {
    if (!http.accepts('text/event-stream')) {
      const message = 'Accept must name text/event-stream.';
      return http.respond(406, errorMessage(null, { code: SERVER_ERROR, message }));
    }
    const listener: ChangeListener = { changed: () => {}, end: () => {} };
    const close = this.changes.open(session, listener);
    const stream = http.stream();
    this.concurrency.release(http.response);
    stream.onClose(close);
    listener.changed = (configVersion) =>
      stream.send(notification('notifications/tools/list_changed'), String(configVersion));
    listener.end = () => stream.end();
    const last = Number(http.header('last-event-id') ?? session.configVersion);
    if (last !== session.configVersion) listener.changed(session.configVersion);
    else if (version !== undefined && version >= FIRST_WITH_PRIMING) {
      stream.prime(String(session.configVersion));
    }
  }

  private leave(http: HttpExchange, client: ClientId | undefined): void {
    if (client) this.clients.leave(client.text);
    http.respondEmpty(client ? 204 : 400);
  }
}

async function answerTo({ id }: JSONRPCRequest, work: () => Promise<object>): Promise<object> {
  try {
    return resultMessage(id, await work());
  } catch (error) {
    return errorMessage(id, toProtocolError(error));
  }
}

function refuse(http: HttpExchange, message: string): void {
  http.respond(400, errorMessage(null, { code: ProtocolErrorCode.InvalidRequest, message }));
}

/** Each message of a batch has a request id of its own: it is recorded and cancelled alone. */
function inOwnContext<T>(work: () => T): T {
  const { requestId: _, ...context } = currentContext() ?? newContext({ deadline: Infinity });
  return runInContext(newContext(context), work);
}
