import {
  StreamableHTTPClientTransport,
  type StreamableHTTPClientTransportOptions,
} from '@modelcontextprotocol/client';
import type { McpRequest } from './mcp.exchange.js';
import { AnswerReader } from './reading/answer.reader.js';
import { ReadAnswer } from './reading/read-answer.js';

type Sending = Parameters<StreamableHTTPClientTransport['send']>;

/** What the client library's transport sends with each request of its own. */
const HEADERS = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };

export interface McpTransportOptions extends StreamableHTTPClientTransportOptions {
  /** Sends a request with the session's own headers. */
  exchange: (request: McpRequest) => Promise<Response>;
}

/** The client library's transport over HTTP. What servers answer is read before the library sees it. */
export class McpTransport extends StreamableHTTPClientTransport {
  readonly answers = new AnswerReader();
  /** Responses that came already, by the body of their request. */
  private readonly given = new Map<unknown, Promise<Response>>();
  private readonly closing = new AbortController();
  private readonly exchange: McpTransportOptions['exchange'];

  constructor(url: URL, { exchange, ...options }: McpTransportOptions) {
    super(url, options);
    this.exchange = exchange;
    // The client that connects reads messages after this, in the same objects.
    this.onmessage = this.answers.read;
  }

  override async send(...sending: Sending): Promise<void> {
    for (const message of [sending[0]].flat()) this.answers.sent(message);
    return isPlainCall(...sending) ? this.call(sending) : super.send(...sending);
  }

  /** A response that came already, in place of one that the client library would ask for. */
  taken(body: unknown): Promise<Response> | undefined {
    const response = this.given.get(body);
    this.given.delete(body);
    return response;
  }

  override async close(): Promise<void> {
    this.closing.abort();
    return super.close();
  }

  /** What is no plain answer is the client library's to understand: it goes its way with the response that there is. */
  private async call([message, options]: Sending): Promise<void> {
    const { sessionId, protocolVersion } = this;
    const body = JSON.stringify(message);
    const response = this.exchange({
      method: 'POST',
      headers: {
        ...HEADERS,
        ...(sessionId && { 'mcp-session-id': sessionId }),
        ...(protocolVersion && { 'mcp-protocol-version': protocolVersion }),
      },
      body,
      signal: this.closing.signal,
    });
    const answer = await response.catch(() => undefined);
    const read = answer instanceof ReadAnswer && answer.status === 200 ? answer.message : undefined;
    if (read) return this.onmessage?.(read);
    this.given.set(body, response);
    return super.send(message, options);
  }
}

/** A call as sessions make it, in which every header is known. One of 2026-07-28 has others, of its body and its tool. */
function isPlainCall(message: Sending[0], options: Sending[1]): boolean {
  if (Array.isArray(message) || !('method' in message) || message.method !== 'tools/call') return false;
  return !options?.requestSignal && !options?.headers && !options?.resumptionToken;
}
