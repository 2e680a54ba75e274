import type { ServerResponse } from 'node:http';
import { writeJson } from '@patchbay/contracts';
import { SlowReader } from '../../http/index.js';

/** Proxies close connections that are idle for a minute or less. */
const KEEP_ALIVE_MS = 15_000;
/** A client that reads nothing must not fill our memory. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** The response to one request as server-sent events. */
export class EventStream {
  private readonly keepAlive: NodeJS.Timeout;
  private readonly reader: SlowReader;

  constructor(
    private readonly response: ServerResponse,
    headers: Record<string, string>,
  ) {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      // nginx buffers streams without it.
      'x-accel-buffering': 'no',
      ...headers,
    });
    response.flushHeaders();
    this.reader = new SlowReader(response, MAX_UNREAD_BYTES);
    this.keepAlive = setInterval(() => {
      if (this.reader.isStill()) response.destroy();
      else this.write(': keep-alive\n\n');
    }, KEEP_ALIVE_MS);
    response.once('close', () => clearInterval(this.keepAlive));
  }

  onClose(listener: () => void): void {
    this.response.once('close', listener);
  }

  send(message: object, id?: string): void {
    this.write(`event: message\n${id ? `id: ${id}\n` : ''}data: ${writeJson(message)}\n\n`);
  }

  /** An event without data: the client may resume from its id. */
  prime(id: string): void {
    this.write(`id: ${id}\ndata: \n\n`);
  }

  end(): void {
    clearInterval(this.keepAlive);
    this.response.end();
  }

  private write(text: string): void {
    if (this.response.writableEnded || this.response.destroyed) return;
    this.response.write(text);
    if (this.reader.isFull()) this.response.destroy();
  }
}
