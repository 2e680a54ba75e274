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
import { Places } from '../limits/places.service.js';
import { Answer } from './answer.js';
import { AskedBefore } from './asked-before.js';
import { ChangeStreams } from './change-streams.service.js';
import { takesForms } from './client-id.js';
import type { Exchange } from './exchange.js';
import { checkParameterHeaders, checkStandardHeaders } from './header-checks.js';
import { errorMessage, HEADER_MISMATCH, notification, resultMessage, toProtocolError } from './json-rpc.js';
import { McpMethods, parse } from './methods.service.js';
import type { Person } from './person.js';
import { reportProgress } from './progress.js';
import { CAPABILITIES, MODERN_VERSION, SERVER_INFO } from './server-info.js';
import { SessionToolsService } from './session-tools.service.js';

/** Lists are told of when they change; this is for clients that do not listen. */
const LIST_TTL_MS = 30_000;
const CACHING = { ttlMs: LIST_TTL_MS, cacheScope: 'private' };

/** The errors that have a status of their own; the others are answers like any (2026-07-28, Streamable HTTP). */
const STATUS_OF: Record<number, number> = {
  [ProtocolErrorCode.ParseError]: 400,
  [ProtocolErrorCode.InvalidRequest]: 400,
  [ProtocolErrorCode.UnsupportedProtocolVersion]: 400,
  [ProtocolErrorCode.MissingRequiredClientCapability]: 400,
  [HEADER_MISMATCH]: 400,
  [ProtocolErrorCode.MethodNotFound]: 404,
};

const RepeatedCall = z.looseObject({
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

/** Clients of 2026-07-28: no handshake, every request says what has to be known of the client. */
@Injectable()
export class ModernEra {
  constructor(
    private readonly methods: McpMethods,
    private readonly tools: SessionToolsService,
    private readonly changes: ChangeStreams,
    private readonly asked: AskedBefore,
    private readonly places: Places,
  ) {}

  async serve(session: Session, exchange: Exchange, route: InboundModernRoute): Promise<void> {
    // None of those that a client may post asks anything of us: a call is cancelled by leaving it.
    if (route.messageKind === 'notification') return exchange.answerEmpty(202);
    const { message, classification } = route;
    const answer = new Answer(exchange);
    try {
      requireVersion(classification.revision);
      checkStandardHeaders(message, (name) => exchange.header(name));
      if (message.method === 'subscriptions/listen') return this.listen(session, exchange, message);
      answer.finish(resultMessage(message.id, complete(await this.run(session, exchange, answer, message))));
    } catch (error) {
      const refusal = toProtocolError(error);
      answer.finish(errorMessage(message.id, refusal), STATUS_OF[refusal.code] ?? 200);
    }
  }

  private async run(
    session: Session,
    exchange: Exchange,
    answer: Answer,
    message: JSONRPCRequest,
  ): Promise<object> {
    switch (message.method) {
      case 'server/discover':
        return {
          supportedVersions: [MODERN_VERSION],
          capabilities: CAPABILITIES,
          instructions: this.methods.instructionsFor(session),
          ...CACHING,
        };
      case 'tools/list':
        return { ...(await this.methods.listTools(session, message)), ...CACHING };
      case 'tools/call':
        return this.call(session, exchange, answer, message);
      default:
        throw new ProtocolError(ProtocolErrorCode.MethodNotFound, `Method not found: ${message.method}`);
    }
  }

  private async call(
    session: Session,
    exchange: Exchange,
    answer: Answer,
    message: JSONRPCRequest,
  ): Promise<object> {
    const params = this.methods.callParams(message);
    const parameters = await this.tools.headerParametersOf(session, params.name);
    checkParameterHeaders(parameters, params.arguments ?? {}, (name) => exchange.header(name));
    const stop = reportProgress(answer, params._meta?.progressToken);
    try {
      return await this.methods.callTool(session, params, {
        signal: exchange.left,
        person: this.personOf(session, message),
        key: exchange.header('idempotency-key'),
      });
    } finally {
      stop();
    }
  }

  private personOf(session: Session, { params }: JSONRPCRequest): Person | undefined {
    const repeated = parse(RepeatedCall, params);
    const capabilities = repeated._meta[CLIENT_CAPABILITIES_META_KEY];
    return takesForms(capabilities) ? this.asked.person(session.id, repeated) : undefined;
  }

  /** A stream of the changes that the client asked for, under the id of its request. */
  private listen(session: Session, exchange: Exchange, { id, params }: JSONRPCRequest): void {
    const { notifications } = parse(specTypeSchemas.SubscriptionsListenRequestParams, params);
    const wanted = notifications.toolsListChanged === true;
    const _meta = { [SUBSCRIPTION_ID_META_KEY]: id };
    // Before the stream is open, a refusal can still be answered.
    const listener = { changed: () => {}, end: () => {} };
    const close = wanted ? this.changes.open(session, listener) : () => undefined;
    const stream = exchange.stream();
    this.places.leave(exchange.response);
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
    exchange.over.addEventListener('abort', () => listener.end(), { once: true });
    if (!wanted) listener.end();
  }
}

function requireVersion(requested: string | undefined): void {
  if (requested === MODERN_VERSION) return;
  throw new UnsupportedProtocolVersionError({
    supported: [MODERN_VERSION],
    requested: requested ?? 'unknown',
  });
}

function complete({ _meta, ...result }: { _meta?: object }): object {
  return { resultType: 'complete', ...result, _meta: { ..._meta, [SERVER_INFO_META_KEY]: SERVER_INFO } };
}
