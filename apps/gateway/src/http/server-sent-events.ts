import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { writeJson } from '@patchbay/contracts';
import { SlowReader } from './slow-reader.js';

const HEARTBEAT_MS = 15_000;
/** What a client may leave unread; one that is slower would cost the gateway its memory. */
const MAX_UNREAD_BYTES = 512 * 1024;
const TOO_SLOW = 'The client reads too slowly.';
/** For the last words to a slow client. */
const LAST_WORDS_MS = 1_000;

/** A response that tells what happens as it happens: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class ServerSentEvents {
  private heartbeat: NodeJS.Timeout | undefined;
  private isOpen = false;
  private readonly reader: SlowReader;

  /** @param maxUnreadBytes what a client may leave unread */
  constructor(
    private readonly response: ServerResponse,
    maxUnreadBytes = MAX_UNREAD_BYTES,
  ) {
    this.reader = new SlowReader(response, maxUnreadBytes);
  }

  open(): void {
    this.isOpen = true;
    this.response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // Proxies that gather answers would keep each event back.
      'x-accel-buffering': 'no',
    });
    this.response.write(':\n\n');
    this.heartbeat = setInterval(() => {
      if (this.reader.isStill()) this.end(TOO_SLOW);
      else this.write(':\n\n');
    }, HEARTBEAT_MS);
    this.response.once('close', () => {
      this.isOpen = false;
      clearInterval(this.heartbeat);
    });
  }

  send(event: string, data: object, id?: string): void {
    this.sendText(event, writeJson(data), id);
  }

  /** @param json of one line */
  sendText(event: string, json: string, id?: string): void {
    this.write(`event: ${event}\n${id ? `id: ${id}\n` : ''}data: ${json}\n\n`);
  }

  /** Waits until the client has read what it was sent. @returns false when no more can be sent */
  async drained(): Promise<boolean> {
    if (this.isOpen && this.response.writableNeedDrain)
      await Promise.race([once(this.response, 'drain'), once(this.response, 'close')]);
    return this.isOpen;
  }

  /** @param more what the last event says besides the reason */
  end(reason: string, more: object = {}): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.response.end(`event: end\ndata: ${JSON.stringify({ reason, ...more })}\n\n`);
    setTimeout(() => this.response.destroy(), LAST_WORDS_MS).unref();
  }

  private write(text: string): void {
    if (!this.isOpen) return;
    if (this.reader.isFull()) return this.end(TOO_SLOW);
    this.response.write(text);
  }
}
