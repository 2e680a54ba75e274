import type { Dispatcher } from 'undici';
import { OutboundError } from './outbound.error.js';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface ExchangeLimits {
  timeoutMs: number;
  maxBytes: number;
  signal?: AbortSignal | undefined;
}

/**
 * One request and its whole answer, straight from undici's connection: undici's `request` puts a stream, an async
 * iterator and two signals in between.
 * @throws OutboundError `too_large`; a TimeoutError; an error as undici or node:net gives it
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
  /** Why it was given up. */
  private reason: Error | undefined;
  private status = 0;
  private headers: Record<string, string> = {};
  private readonly chunks: Buffer[] = [];
  private size = 0;

  constructor(
    private readonly from: string,
    private readonly limits: ExchangeLimits,
    private readonly resolve: (answer: Answer) => void,
    private readonly reject: (error: Error) => void,
  ) {
    const { timeoutMs, signal } = limits;
    this.timer = setTimeout(
      () => this.giveUp(new DOMException('The time is over', 'TimeoutError')),
      timeoutMs,
    );
    signal?.addEventListener('abort', this.cancel);
    if (signal?.aborted) this.cancel();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Given up while it waited for a connection: it must not be sent any more.
    if (this.reason) controller.abort(this.reason);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.status = status;
    this.headers = flatten(headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { maxBytes } = this.limits;
    this.size += chunk.length;
    if (this.size > maxBytes) {
      this.giveUp(new OutboundError('too_large', `${this.from} sent more than ${maxBytes} bytes.`));
    } else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.end();
    const { status, headers, chunks, size } = this;
    this.resolve({ status, headers, body: Buffer.concat(chunks, size) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.end();
    this.reject(error);
  }

  private readonly cancel = () => this.giveUp(this.limits.signal?.reason as Error);

  private giveUp(reason: Error): void {
    this.reason = reason;
    this.end();
    this.reject(reason);
    this.controller?.abort(reason);
  }

  private end(): void {
    clearTimeout(this.timer);
    this.limits.signal?.removeEventListener('abort', this.cancel);
  }
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
