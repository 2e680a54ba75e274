import { Injectable } from '@nestjs/common';
import { classifyInboundRequest, isJsonContentType, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Session } from '@patchbay/contracts';
import { LongAnswers } from '../access/long-answers.service.js';
import type { Exchange } from './exchange.js';
import { HandshakeEra } from './handshake.era.js';
import { errorMessage, idOf, SERVER_ERROR } from './json-rpc.js';
import { ModernEra } from './modern.era.js';

/**
 * One address for clients of both eras of the protocol. The SDK reads what a message is and by which version;
 * answering it is done here, as its own server keeps a connection for each client or pays for a new one with
 * each request (measured in `bench/mcp.mjs`).
 */
@Injectable()
export class McpEndpoint {
  constructor(
    private readonly modern: ModernEra,
    private readonly handshake: HandshakeEra,
    private readonly longAnswers: LongAnswers,
  ) {}

  async serve(session: Session, exchange: Exchange): Promise<void> {
    const { method, body } = exchange;
    exchange.whenStreaming(({ request, ...stream }) =>
      this.longAnswers.hold(request, { ...stream, sessionId: session.id }),
    );
    if (method === 'POST' && !isJsonContentType(exchange.header('content-type') ?? null)) {
      const message = 'Content-Type must be application/json.';
      return exchange.answer(415, errorMessage(null, { code: SERVER_ERROR, message }));
    }
    if (method === 'POST' && body === undefined) {
      const message = 'Parse error: the body is empty.';
      return exchange.answer(400, errorMessage(null, { code: ProtocolErrorCode.ParseError, message }));
    }
    const route = classifyInboundRequest({
      httpMethod: method,
      protocolVersionHeader: exchange.header('mcp-protocol-version'),
      mcpMethodHeader: exchange.header('mcp-method'),
      mcpNameHeader: exchange.header('mcp-name'),
      body,
    });
    switch (route.kind) {
      case 'reject':
        return exchange.answer(route.httpStatus, errorMessage(idOf(body), route));
      case 'modern':
        return this.modern.serve(session, exchange, route);
      case 'legacy':
        return this.handshake.serve(session, exchange, route);
    }
  }
}
