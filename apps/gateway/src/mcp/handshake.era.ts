import { Injectable } from '@nestjs/common';
import {
  isInitializeRequest,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResponse,
  ProtocolError,
  ProtocolErrorCode,
  specTypeSchemas,
  type InboundLegacyRoute,
  type JSONRPCNotification,
  type JSONRPCRequest,
  type RequestId,
} from '@modelcontextprotocol/server';
import type { Session } from '@patchbay/contracts';
import { currentContext, newContext, runInContext } from '@patchbay/service';
import { Limits } from '../limits/limits.service.js';
import { userKey } from '../limits/limits.table.js';
import { Places } from '../limits/places.service.js';
import { Answer } from './answer.js';
import { ChangeStreams, type ChangeListener } from './change-streams.service.js';
import { newClientId, readClientId, type ClientId } from './client-id.js';
import { ClientsService } from './clients.service.js';
import type { Exchange } from './exchange.js';
import { errorMessage, notification, resultMessage, SERVER_ERROR, toProtocolError } from './json-rpc.js';
import { McpMethods, parse } from './methods.service.js';
import type { Person } from './person.js';
import { reportProgress } from './progress.js';
import { QuestionsService } from './questions.service.js';
import { CAPABILITIES, HANDSHAKE_VERSIONS, SERVER_INFO } from './server-info.js';

/** The last version in which several messages may come at once. */
const LAST_WITH_BATCHES = '2025-03-26';
const MAX_BATCH = 100;
/** From here on clients take events without data. */
const FIRST_WITH_PRIMING = '2025-11-25';
/** What the specification's own implementations answer for a client id that is over. */
const SESSION_NOT_FOUND = -32_001;

/** A request of a client that was checked: who asks, and how it is answered. */
interface Asked {
  session: Session;
  client: ClientId | undefined;
  answer: Answer;
  /** Aborted when the client may not be answered any more. */
  over: AbortSignal;
  /** The caller's name for the request, by which it may come again. */
  key: string | undefined;
}

/** Clients with a handshake: 2025-11-25 and before. */
@Injectable()
export class HandshakeEra {
  constructor(
    private readonly methods: McpMethods,
    private readonly clients: ClientsService,
    private readonly changes: ChangeStreams,
    private readonly questions: QuestionsService,
    private readonly places: Places,
    private readonly limits: Limits,
  ) {}

  async serve(session: Session, exchange: Exchange, { reason }: InboundLegacyRoute): Promise<void> {
    if (reason === 'initialize') return this.initialize(session, exchange);
    const version = exchange.header('mcp-protocol-version');
    if (version !== undefined && !HANDSHAKE_VERSIONS.includes(version)) {
      const message = `Unsupported protocol version: ${version} (supported: ${HANDSHAKE_VERSIONS.join(', ')})`;
      return exchange.answer(400, errorMessage(null, { code: SERVER_ERROR, message }));
    }
    const given = exchange.header('mcp-session-id');
    const client = given === undefined ? undefined : readClientId(given);
    if (given !== undefined && (!client || this.clients.hasLeft(given))) {
      const message = 'Session not found: initialize again.';
      return exchange.answer(404, errorMessage(null, { code: SESSION_NOT_FOUND, message }));
    }
    if (exchange.method === 'GET') return this.listen(session, exchange, version);
    if (exchange.method === 'DELETE') return this.leave(exchange, client);
    if (exchange.method !== 'POST') {
      const message = 'Method not allowed.';
      return exchange.answer(405, errorMessage(null, { code: SERVER_ERROR, message }), {
        allow: 'GET, POST, DELETE',
      });
    }
    if (!exchange.accepts('application/json') && !exchange.accepts('text/event-stream')) {
      const message = 'Accept must name application/json and text/event-stream.';
      return exchange.answer(406, errorMessage(null, { code: SERVER_ERROR, message }));
    }
    await this.receive(
      {
        session,
        client,
        answer: new Answer(exchange),
        over: exchange.over,
        key: exchange.header('idempotency-key'),
      },
      exchange,
      version,
    );
  }

  private initialize(session: Session, exchange: Exchange): void {
    const { body } = exchange;
    if (!isJSONRPCRequest(body) || !isInitializeRequest(body)) {
      const id = isJSONRPCRequest(body) ? body.id : null;
      const message = 'Invalid params: protocolVersion, capabilities and clientInfo are needed.';
      return exchange.answer(400, errorMessage(id, { code: ProtocolErrorCode.InvalidParams, message }));
    }
    const { protocolVersion: wanted, capabilities } = body.params;
    const protocolVersion = HANDSHAKE_VERSIONS.includes(wanted) ? wanted : HANDSHAKE_VERSIONS[0];
    const instructions = this.methods.instructionsFor(session);
    const result = { protocolVersion, capabilities: CAPABILITIES, serverInfo: SERVER_INFO, instructions };
    new Answer(exchange, { 'mcp-session-id': newClientId(capabilities).text }).finish(
      resultMessage(body.id, result),
    );
  }

  private async receive(asked: Asked, exchange: Exchange, version: string | undefined): Promise<void> {
    const { body } = exchange;
    const isBatch = Array.isArray(body);
    const messages: unknown[] = isBatch ? body : [body];
    if (isBatch && (messages.length > MAX_BATCH || (version !== undefined && version > LAST_WITH_BATCHES))) {
      return refuse(exchange, 'Invalid request: one message at a time.');
    }
    if (messages.length === 0 || !messages.every(isMessage)) {
      return refuse(exchange, 'Invalid request: this is no message of JSON-RPC 2.0.');
    }
    for (const message of messages.filter(isJSONRPCNotification)) this.hear(asked, message);
    for (const message of messages.filter(isJSONRPCResponse))
      this.questions.answer(asked.session.id, message);
    const [request, ...others] = messages.filter(isJSONRPCRequest);
    if (!request) return exchange.answerEmpty(202);
    if (!isBatch) return asked.answer.finish(await this.reply(asked, request));
    await this.countOthers(asked.session, others.length);
    const answers = [request, ...others].map((one) => inOwnContext(() => this.reply(asked, one)));
    asked.answer.finish(await Promise.all(answers));
  }

  /** A batch is one request of HTTP, and as many against the limits as it holds. */
  private async countOthers({ projectId, userId }: Session, others: number): Promise<void> {
    if (others === 0) return;
    await this.limits.spend('project', projectId, others);
    await this.limits.spend('user', userKey(projectId, userId), others);
  }

  private async reply(asked: Asked, message: JSONRPCRequest): Promise<object> {
    try {
      return resultMessage(message.id, await this.run(asked, message));
    } catch (error) {
      return errorMessage(message.id, toProtocolError(error));
    }
  }

  private async run(asked: Asked, message: JSONRPCRequest): Promise<object> {
    switch (message.method) {
      case 'ping':
        return {};
      case 'tools/list':
        return this.methods.listTools(asked.session, message);
      case 'tools/call':
        return this.call(asked, message);
      default:
        throw new ProtocolError(ProtocolErrorCode.MethodNotFound, `Method not found: ${message.method}`);
    }
  }

  /** A client that goes away may come back for its call, so that only its word cancels it. */
  private async call(asked: Asked, message: JSONRPCRequest): Promise<object> {
    const { session, client, answer, over, key } = asked;
    const params = this.methods.callParams(message);
    const stop = reportProgress(answer, params._meta?.progressToken);
    try {
      return await this.clients.during(session.id, client?.text ?? '', message.id, (cancelled) => {
        const signal = AbortSignal.any([cancelled, over]);
        return this.methods.callTool(session, params, { signal, person: this.personOf(asked, signal), key });
      });
    } finally {
      stop();
    }
  }

  private personOf({ session, client, answer }: Asked, signal: AbortSignal): Person | undefined {
    if (!client?.canBeAsked || !answer.canNotify) return undefined;
    return {
      ask: (question) =>
        this.questions.ask(session.id, question, (message) => answer.notify(message), signal),
    };
  }

  private hear({ session, client }: Asked, { method, params }: JSONRPCNotification): void {
    if (method !== 'notifications/cancelled') return;
    const { requestId } = parse(specTypeSchemas.CancelledNotificationParams, params) as {
      requestId?: RequestId;
    };
    if (requestId !== undefined) this.clients.cancel(session.id, client?.text ?? '', requestId);
  }

  /**
   * The stream on which changes are told. Each event's id is the version of the session that it tells of, so
   * that any replica knows whether a client that comes back has missed one.
   */
  private listen(session: Session, exchange: Exchange, version: string | undefined): void {
    if (!exchange.accepts('text/event-stream')) {
      const message = 'Accept must name text/event-stream.';
      return exchange.answer(406, errorMessage(null, { code: SERVER_ERROR, message }));
    }
    const listener: ChangeListener = { changed: () => {}, end: () => {} };
    const close = this.changes.open(session, listener);
    const stream = exchange.stream();
    this.places.leave(exchange.response);
    stream.onClose(close);
    listener.changed = (configVersion) =>
      stream.send(notification('notifications/tools/list_changed'), String(configVersion));
    listener.end = () => stream.end();
    const last = Number(exchange.header('last-event-id') ?? session.configVersion);
    if (last !== session.configVersion) listener.changed(session.configVersion);
    else if (version !== undefined && version >= FIRST_WITH_PRIMING) {
      stream.prime(String(session.configVersion));
    }
  }

  private leave(exchange: Exchange, client: ClientId | undefined): void {
    if (client) this.clients.leave(client.text);
    exchange.answerEmpty(client ? 204 : 400);
  }
}

function isMessage(value: unknown): boolean {
  return isJSONRPCRequest(value) || isJSONRPCNotification(value) || isJSONRPCResponse(value);
}

function refuse(exchange: Exchange, message: string): void {
  exchange.answer(400, errorMessage(null, { code: ProtocolErrorCode.InvalidRequest, message }));
}

/** Each message of several has its own place in the record, and is cancelled alone. */
function inOwnContext<T>(work: () => T): T {
  const { requestId: _, ...context } = currentContext() ?? newContext({ deadline: Infinity });
  return runInContext(newContext(context), work);
}
