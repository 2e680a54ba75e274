import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { AnswerRest } from './answer-rest.js';
import { ByteCollector } from './byte-collector.js';
import { BodyDecoder, codingsOf, tooLarge } from './body-decoder.js';
import { NotSent } from './outbound.error.js';

export interface AnswerHead {
  status: number;
  headers: Record<string, string>;
}

export interface Answer extends AnswerHead {
  body: Buffer;
  /** What comes after `body`, of an answer that was given before its end. It has to be read or destroyed. */
  rest?: Readable;
}

/**
 * Asked each time that more of an answer came.
 * @returns how many milliseconds its end is still waited for before it is given with its rest as a stream; undefined
 *   while it is waited for as long as the exchange may take
 */
export type Patience = (head: AnswerHead, soFar: Buffer) => number | undefined;

export interface ExchangeLimits {
  timeoutMs: number;
  /** Of the body as it comes, and of what it decodes to. */
  maxBytes: number;
  signal?: AbortSignal | undefined;
  /** Without it every answer is waited for to its end. */
  patienceMs?: Patience | undefined;
}

/** Timers of one length share a list in Node: what has seconds of time may take this much longer. */
const TIMER_STEP_MS = 50;
const TIMER_STEP_FROM_MS = 1_000;

/**
 * One request and its whole answer, straight from undici's connection: undici's `request` puts a stream, an async
 * iterator and two signals in between. A compressed body is decompressed as it comes; others go through no stream.
 * @throws OutboundError `too_large`, `unreadable`; a TimeoutError; an error as undici or node:net gives it; the last
 *   two in a NotSent where the provider can know nothing of the request
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(request, new Exchange(String(request.origin), limits, resolve, reject));
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout;
  private controller: Dispatcher.DispatchController | undefined;
  private isOver = false;
  /** Why it was given up. */
  private reason: Error | undefined;
  private status = 0;
  private headers: Record<string, string> = {};
  private readonly body: ByteCollector;
  private bytes = 0;
  /** Of an answer that was given before its end. */
  private rest: AnswerRest | undefined;
  private patience: NodeJS.Timeout | undefined;
  /** Whether a connection is there that the request goes out over. */
  private isSent = false;
  /** Of a body that came compressed. */
  private decoder: BodyDecoder | undefined;

  constructor(
    private readonly from: string,
    private readonly limits: ExchangeLimits,
    private readonly resolve: (answer: Answer) => void,
    private readonly reject: (error: Error) => void,
  ) {
    const { timeoutMs, signal, maxBytes } = limits;
    this.body = new ByteCollector(maxBytes);
    this.timer = setTimeout(
      () => this.giveUp(new DOMException('The deadline has passed', 'TimeoutError')),
      timeoutMs < TIMER_STEP_FROM_MS ? timeoutMs : Math.ceil(timeoutMs / TIMER_STEP_MS) * TIMER_STEP_MS,
    );
    signal?.addEventListener('abort', this.cancel);
    if (signal?.aborted) this.cancel();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    this.isSent = !this.reason;
    // Given up while it waited for a connection: it must not be sent any more.
    if (this.reason) controller.abort(this.reason);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // What comes before the answer (RFC 9110, section 15.2) says nothing of it.
    if (status < 200) return;
    this.status = status;
    this.headers = flatten(headers);
    try {
      const codings = codingsOf(this.headers['content-encoding'], this.from);
      if (codings.length > 0) this.decode(codings);
      else this.body.expected = Number(this.headers['content-length']);
    } catch (error) {
      this.giveUp(error as Error);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.reason) return;
    if (!this.decoder) this.take(chunk);
    else if (!this.decoder.input.write(chunk)) {
      controller.pause();
      this.decoder.input.once('drain', () => controller.resume());
    }
  }

  onResponseEnd(): void {
    if (this.decoder) this.decoder.input.end();
    else this.finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.end();
    this.fail(error);
  }

  private asSent(error: Error): Error {
    return this.isSent ? error : new NotSent(error);
  }

  private decode(codings: string[]): void {
    const { from, limits } = this;
    this.decoder = new BodyDecoder(codings, { from, maxBytes: limits.maxBytes });
    // The body that is answered is no longer the one that these describe.
    delete this.headers['content-encoding'];
    delete this.headers['content-length'];
    this.decoder.output.on('data', (chunk: Buffer) => this.take(chunk));
    this.decoder.output.on('error', (error) => this.giveUp(error));
    this.decoder.output.on('end', () => this.finish());
  }

  private take(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > this.limits.maxBytes) this.giveUp(tooLarge(this.from, this.limits.maxBytes));
    else if (!this.rest) {
      this.body.add(chunk);
      this.waitFurther();
    } else if (!this.rest.push(chunk)) (this.decoder?.output ?? this.controller)?.pause();
  }

  private waitFurther(): void {
    const { status, headers, limits } = this;
    const patienceMs = limits.patienceMs?.({ status, headers }, this.body.bytes());
    clearTimeout(this.patience);
    if (patienceMs === 0) this.giveEarly();
    else if (patienceMs !== undefined) this.patience = setTimeout(() => this.giveEarly(), patienceMs);
  }

  private giveEarly(): void {
    const { status, headers, body } = this;
    this.rest = new AnswerRest({
      resume: () => (this.decoder?.output ?? this.controller)?.resume(),
      abort: (reason) => this.giveUp(reason),
    });
    this.resolve({ status, headers, body: body.bytes(), rest: this.rest });
  }

  private finish(): void {
    this.end();
    const { status, headers, body, rest } = this;
    if (rest) rest.push(null);
    else this.resolve({ status, headers, body: body.bytes() });
  }

  private readonly cancel = () => this.giveUp(this.limits.signal?.reason as Error);

  private giveUp(reason: Error): void {
    if (this.isOver) return;
    this.reason = reason;
    this.end();
    this.fail(reason);
    this.controller?.abort(reason);
  }

  private fail(reason: Error): void {
    this.reject(this.asSent(reason));
    this.rest?.destroy(reason);
    this.decoder?.input.destroy();
  }

  private end(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    clearTimeout(this.patience);
    this.limits.signal?.removeEventListener('abort', this.cancel);
  }
}

/** A header that came several times, as one. */
export function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    flat[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return flat;
}
