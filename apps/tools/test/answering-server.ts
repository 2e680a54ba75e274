import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

interface Message {
  id?: number | string;
  method?: string;
  result?: unknown;
  error?: unknown;
}

/** A call of a tool, as the server has it. */
interface Asked {
  id: number;
  response: ServerResponse;
  /** What the client answers to a request of the server's own. */
  reply: Promise<Message>;
}

/** How a call of a tool is answered. */
export type Behaviour = (asked: Asked) => unknown;

/** What was sent for a call. */
export interface SentCall {
  body: unknown;
  headers: IncomingMessage['headers'];
}

/** An MCP server of 2025-11-25 that shakes hands as it should, and answers calls of tools, byte for byte, as it is told. */
export class AnsweringServer {
  calls: SentCall[] = [];
  behaviour: Behaviour = () => undefined;
  /** What it answers when a stream is resumed. */
  resumed: (response: ServerResponse) => void = () => undefined;
  private replied: (message: Message) => void = () => undefined;
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  async start(): Promise<URL> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/mcp`);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    if (request.method === 'DELETE') return response.writeHead(200).end();
    if (request.method === 'GET') {
      if (request.headers['last-event-id']) return this.resumed(response);
      return response.writeHead(405).end();
    }
    const message = JSON.parse(await text(request)) as Message;
    const { id, method } = message;
    if (method === 'server/discover') return response.writeHead(404).end();
    if (method === 'initialize') return shakeHands(id, response);
    if (method === 'tools/call') return this.answer(message, request, response);
    response.writeHead(202).end();
    return method === undefined ? this.replied(message) : undefined;
  }

  private answer(message: Message, { headers }: IncomingMessage, response: ServerResponse): unknown {
    this.calls.push({ body: message, headers });
    const reply = new Promise<Message>((resolve) => (this.replied = resolve));
    return this.behaviour({ id: Number(message.id), response, reply });
  }
}

function shakeHands(id: unknown, response: ServerResponse): void {
  const serverInfo = { name: 'up', version: '1' };
  const result = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo };
  json(response, { jsonrpc: '2.0', id, result }, { 'mcp-session-id': 'session-1' });
}

/** A tool's answer with these words. */
export function result(id: unknown, words = 'done') {
  return { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: words }] } };
}

export function event(message: unknown): string {
  return `data: ${JSON.stringify(message)}\n\n`;
}

export function json(response: ServerResponse, value: unknown, more: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...more }).end(JSON.stringify(value));
}

export function events(response: ServerResponse, status = 200): ServerResponse {
  return response.writeHead(status, { 'content-type': 'text/event-stream' });
}

export function refuse(status: number, body = 'no', more: Record<string, string> = {}): Behaviour {
  return ({ response }) => response.writeHead(status, { 'content-type': 'text/plain', ...more }).end(body);
}

export function compressed(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(gzipSync(body));
}

/** Each byte by itself, so that characters are cut too. */
export function inPieces(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': type });
  for (const byte of Buffer.from(body)) response.write(Uint8Array.of(byte));
  response.end();
}
