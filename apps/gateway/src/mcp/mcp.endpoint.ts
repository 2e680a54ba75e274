import { Injectable } from '@nestjs/common';
import { classifyInboundRequest, isJsonContentType, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Session } from '@patchbay/contracts';
import { LongLivedResponses } from '../long-lived-responses/index.js';
import type { HttpExchange } from './transport/http-exchange.js';
import { LegacyMcp } from './legacy-mcp.js';
import { errorMessage, idOf, SERVER_ERROR } from './transport/json-rpc.js';
import { plainCallOf } from './transport/plain-call.js';
import { StatelessMcp } from './stateless-mcp.js';

/**
 * One endpoint for legacy and stateless clients. The SDK classifies a message and its version; the response is made here,
 * as the SDK's own server keeps a connection for each client or pays for a new one with each request (measured in
 * `bench/mcp.mjs`).
 */
@Injectable()
export class McpEndpoint {
  constructor(
    private readonly stateless: StatelessMcp,
    private readonly legacy: LegacyMcp,
    private readonly longLivedResponses: LongLivedResponses,
  ) {}

  async serve(session: Session, http: HttpExchange): Promise<void> {
    const { method, body } = http;
    http.onStreamStart(({ request, ...stream }) =>
      this.longLivedResponses.hold(request, { ...stream, sessionId: session.id }),
    );
    if (method === 'POST' && !isJsonContentType(http.header('content-type') ?? null)) {
      const message = 'Content-Type must be application/json.';
      return http.respond(415, errorMessage(null, { code: SERVER_ERROR, message }));
    }
    if (method === 'POST' && body === undefined) {
      const message = 'Parse error: the body is empty.';
      return http.respond(400, errorMessage(null, { code: ProtocolErrorCode.ParseError, message }));
    }
    const version = http.header('mcp-protocol-version');
    const plainCall = method === 'POST' ? plainCallOf(body, version) : undefined;
    if (plainCall) return this.legacy.serve(session, http, { reason: 'no-claim' }, plainCall);
    const route = classifyInboundRequest({
      httpMethod: method,
      protocolVersionHeader: version,
      mcpMethodHeader: http.header('mcp-method'),
      mcpNameHeader: http.header('mcp-name'),
      body,
    });
    switch (route.kind) {
      case 'reject':
        return http.respond(route.httpStatus, errorMessage(idOf(body), route));
      case 'modern':
        return this.stateless.serve(session, http, route);
      case 'legacy':
        return this.legacy.serve(session, http, route);
    }
  }
}
