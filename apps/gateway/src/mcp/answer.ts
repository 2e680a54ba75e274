import type { EventStream } from './event-stream.js';
import type { Exchange } from './exchange.js';

/**
 * The answer to what a client posted: plain JSON, or a stream of events as soon as something is to be said
 * before the result.
 */
export class Answer {
  private stream: EventStream | undefined;

  constructor(
    private readonly exchange: Exchange,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** Whether the client takes anything before the result. */
  get canNotify(): boolean {
    return this.stream !== undefined || this.exchange.accepts('text/event-stream');
  }

  notify(message: object): void {
    if (!this.canNotify) return;
    this.stream ??= this.exchange.stream(this.headers);
    this.stream.send(message);
  }

  /** @param status of the answer if it is plain JSON */
  finish(message: object, status = 200): void {
    if (!this.stream && this.exchange.accepts('application/json')) {
      this.exchange.answer(status, message, this.headers);
      return;
    }
    const stream = (this.stream ??= this.exchange.stream(this.headers));
    for (const one of Array.isArray(message) ? (message as object[]) : [message]) stream.send(one);
    stream.end();
  }
}
