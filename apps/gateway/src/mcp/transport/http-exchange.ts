import type { ServerResponse } from 'node:http';
import { writeJson, type CallContext } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callContextOfRequest } from '../../http/index.js';
import { EventStream } from './event-stream.js';

/** A stream that has started, and how to end it early. */
interface StartedStream {
  request: FastifyRequest;
  response: ServerResponse;
  end: () => void;
}

/** One HTTP request of an MCP client and its response, independent of the framework. */
export class HttpExchange {
  readonly method: string;
  readonly body: unknown;
  /** Made when somebody wants to know. */
  private clientGoneController: AbortController | undefined;
  private hasClientGone = false;
  private isRevoked = false;
  private readonly revokedListeners = new Set<() => void>();
  private onStream: ((stream: StartedStream) => void) | undefined;

  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    this.method = request.method;
    this.body = request.body;
    // The response's end closes as well: only a close before it means that the client has gone.
    reply.raw.once('close', () => {
      if (!reply.raw.writableEnded) this.endClient();
    });
  }

  get response(): ServerResponse {
    return this.reply.raw;
  }

  get callContext(): CallContext {
    return callContextOfRequest(this.request);
  }

  /** Aborted when the client disconnects before the response is complete, or may not have the rest of it. */
  get clientGone(): AbortSignal {
    this.clientGoneController ??= new AbortController();
    if (this.hasClientGone) this.clientGoneController.abort();
    return this.clientGoneController.signal;
  }

  /**
   * Calls back when the client may not have the rest of a stream, as its credential or session has ended; at once where
   * it has already.
   * @returns what takes the listener off again
   */
  onRevoked(listener: () => void): () => void {
    if (this.isRevoked) listener();
    else this.revokedListeners.add(listener);
    return () => this.revokedListeners.delete(listener);
  }

  /** Calls back when the response becomes a stream. */
  onStreamStart(listener: (stream: StartedStream) => void): void {
    this.onStream = listener;
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  accepts(type: 'application/json' | 'text/event-stream'): boolean {
    const accepted = this.header('accept') ?? '*/*';
    return (
      accepted.includes(type) || accepted.includes('*/*') || accepted.includes(`${type.split('/')[0]}/*`)
    );
  }

  respond(status: number, body: object, headers: Record<string, string> = {}): void {
    void this.reply
      .status(status)
      .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers })
      .send(writeJson(body));
  }

  /** Without a body, as for notifications. */
  respondEmpty(status: number, headers: Record<string, string> = {}): void {
    void this.reply.status(status).headers(headers).send();
  }

  /** Makes the response a stream of events. */
  stream(headers: Record<string, string> = {}): EventStream {
    this.reply.hijack();
    const stream = new EventStream(this.reply.raw, headers);
    const end = () => {
      this.endClient();
      this.isRevoked = true;
      // They may send a last message.
      for (const listener of this.revokedListeners) listener();
      this.revokedListeners.clear();
      stream.end();
    };
    this.onStream?.({ request: this.request, response: this.reply.raw, end });
    return stream;
  }

  private endClient(): void {
    this.hasClientGone = true;
    this.clientGoneController?.abort();
  }
}
