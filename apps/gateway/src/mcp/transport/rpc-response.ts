import type { EventStream } from './event-stream.js';
import type { HttpExchange } from './http-exchange.js';

/**
 * The response to what a client posted: plain JSON, or a stream of events as soon as a message is sent before the
 * result.
 */
export class RpcResponse {
  private stream: EventStream | undefined;

  constructor(
    private readonly http: HttpExchange,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** Whether the client accepts messages before the result. */
  get canNotify(): boolean {
    return this.stream !== undefined || this.http.accepts('text/event-stream');
  }

  notify(message: object): void {
    if (!this.canNotify) return;
    this.stream ??= this.http.stream(this.headers);
    this.stream.send(message);
  }

  /** @param status of a plain JSON response */
  finish(message: object, status = 200): void {
    if (!this.stream && this.http.accepts('application/json')) {
      this.http.respond(status, message, this.headers);
      return;
    }
    const stream = (this.stream ??= this.http.stream(this.headers));
    for (const one of Array.isArray(message) ? (message as object[]) : [message]) stream.send(one);
    stream.end();
  }
}
