import type { ServerResponse } from 'node:http';
import { writeJson } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStream } from './event-stream.js';

/** A stream that begins, and what ends it before its time. */
interface StreamHold {
  request: FastifyRequest;
  response: ServerResponse;
  end: () => void;
}

/** One HTTP request of an MCP client and its answer, whichever framework is around it. */
export class Exchange {
  readonly method: string;
  readonly body: unknown;
  private readonly gone = new AbortController();
  private readonly ended = new AbortController();
  private onStream: ((hold: StreamHold) => void) | undefined;

  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    this.method = request.method;
    this.body = request.body;
    // The answer's end closes as well: only a close before it means that nobody waits any more.
    reply.raw.once('close', () => {
      if (!reply.raw.writableEnded) this.gone.abort();
    });
  }

  get response(): ServerResponse {
    return this.reply.raw;
  }

  /** Aborted when the client went away before it had its answer, or may not have it any more. */
  get left(): AbortSignal {
    return this.gone.signal;
  }

  /** Aborted when the client may not have the rest of a stream any more. */
  get over(): AbortSignal {
    return this.ended.signal;
  }

  /** Whoever looks after streams hears of one when it begins. */
  whenStreaming(listener: (hold: StreamHold) => void): void {
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

  answer(status: number, body: object, headers: Record<string, string> = {}): void {
    void this.reply
      .status(status)
      .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers })
      .send(writeJson(body));
  }

  /** Without a body, as notifications are answered. */
  answerEmpty(status: number, headers: Record<string, string> = {}): void {
    void this.reply.status(status).headers(headers).send();
  }

  /** From here on the answer is a stream of events. */
  stream(headers: Record<string, string> = {}): EventStream {
    this.reply.hijack();
    const stream = new EventStream(this.reply.raw, headers);
    const end = () => {
      this.gone.abort();
      // Whose listeners may have last words.
      this.ended.abort();
      stream.end();
    };
    this.onStream?.({ request: this.request, response: this.reply.raw, end });
    return stream;
  }
}
