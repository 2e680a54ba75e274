import {
  StreamableHTTPClientTransport,
  type JSONRPCMessage,
  type StreamableHTTPClientTransportOptions,
} from '@modelcontextprotocol/client';
import { LRUCache } from 'lru-cache';
import type { McpRequest } from './mcp.exchange.js';
import { readHandshake } from './reading/handshake.js';
import { LIST_INDEX, readListedTools, type ListedTool, type SkippedTool } from './reading/listed-tools.js';
import { ReadAnswer } from './reading/read-answer.js';
import { readToolAnswer } from './reading/tool-answer.js';
import { isRecord } from './reading/values.js';

/** Requests under way whose answers are known by their ids; those of the oldest go on as they are. */
const REQUESTS_KNOWN = 1_000;
type Readers = Record<string, (result: Record<string, unknown>) => object>;
type Sending = Parameters<StreamableHTTPClientTransport['send']>;

/** What the client library's transport sends with each request of its own. */
const HEADERS = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };

export interface McpTransportOptions extends StreamableHTTPClientTransportOptions {
  /** Sends a request with the session's own headers. */
  exchange: (request: McpRequest) => Promise<Response>;
}

/**
 * The client library holds a server to its protocol as a whole: one tool or one block that is not as it should be
 * would lose the list or the answer that it stands in. So what servers answer is read here before, and what goes on
 * from here is always as the library has it.
 */
export class McpTransport extends StreamableHTTPClientTransport {
  /** Of the pages of tools that were read last: from the first one on. */
  readonly skipped: SkippedTool[] = [];
  readonly listed: ListedTool[] = [];
  private readonly asked = new LRUCache<string, string>({ max: REQUESTS_KNOWN });
  /** Responses that came already, by the body of their request. */
  private readonly given = new Map<unknown, Promise<Response>>();
  private readonly closing = new AbortController();
  private readonly exchange: McpTransportOptions['exchange'];
  private readonly readers: Readers = {
    initialize: readHandshake,
    'tools/list': (result) => this.readPage(result),
    'tools/call': readToolAnswer,
  };

  constructor(url: URL, { exchange, ...options }: McpTransportOptions) {
    super(url, options);
    this.exchange = exchange;
    // The client that connects reads messages after this, in the same objects.
    this.onmessage = (message) => this.read(message);
  }

  override async send(...sending: Sending): Promise<void> {
    for (const message of [sending[0]].flat()) {
      if (!('method' in message && 'id' in message)) continue;
      this.asked.set(String(message.id), message.method);
      if (message.method === 'tools/list' && !message.params?.['cursor']) this.forgetPages();
    }
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

  private read(message: JSONRPCMessage): void {
    if (!('result' in message)) return;
    const id = String(message.id);
    const reader = this.readers[this.asked.get(id) ?? ''];
    this.asked.delete(id);
    const { result } = message;
    // What asks for more input is no answer yet.
    if (!reader || result['resultType'] === 'input_required') return;
    message.result = withEnvelope(reader(result)) as typeof result;
  }

  private readPage(result: Record<string, unknown>): object {
    const { tools: list, nextCursor, ...rest } = result;
    if (!Array.isArray(list) && !isRecord(list)) return result;
    const { tools, skipped } = readListedTools(list, this.listed.length + this.skipped.length);
    this.listed.push(...tools);
    this.skipped.push(...skipped);
    return {
      ...rest,
      // The client library looks at the headers that a call sends; all else is ours to read.
      tools: tools.map(({ index, name, inputSchema }) => ({
        name,
        inputSchema,
        _meta: { [LIST_INDEX]: index },
      })),
      ...(isCursor(nextCursor) && { nextCursor: String(nextCursor) }),
    };
  }

  private forgetPages(): void {
    this.skipped.length = 0;
    this.listed.length = 0;
  }
}

/** A call as sessions make it, in which every header is known. One of 2026-07-28 has others, of its body and its tool. */
function isPlainCall(message: Sending[0], options: Sending[1]): boolean {
  if (Array.isArray(message) || !('method' in message) || message.method !== 'tools/call') return false;
  return !options?.requestSignal && !options?.headers && !options?.resumptionToken;
}

function isCursor(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** What a server of 2026-07-28 says of each answer, where it forgot to: older eras take it away again. */
function withEnvelope(result: object): object {
  const { resultType, ttlMs, cacheScope } = result as Record<string, unknown>;
  return {
    ...result,
    resultType: typeof resultType === 'string' ? resultType : 'complete',
    ttlMs: typeof ttlMs === 'number' && ttlMs >= 0 ? Math.trunc(ttlMs) : 0,
    cacheScope: cacheScope === 'public' ? 'public' : 'private',
  };
}
