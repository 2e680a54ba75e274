import { AppError } from '@patchbay/contracts';
import { MessageTooLarge } from '../nats/limits.js';

interface Waiting {
  id: string;
  body: string;
  bytes: number;
  onSent: (() => void) | undefined;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Of one message that holds several events. */
const MAX_GATHERED_BYTES = 128 * 1024;
/** A stream that is slower than what happens must not fill the memory with what waits for it. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;

/**
 * Group commit: while one message is on its way to the stream, the events that come meanwhile gather for the next,
 * which holds one a line. A lone event waits for nothing.
 */
export class Gatherer {
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private isSending = false;

  /** @param send hands the message to the connection before it returns; resolves when it is stored */
  constructor(private readonly send: (ids: readonly string[], body: string) => Promise<void>) {}

  /**
   * Resolves when the event is stored; rejects as the message did that it was in.
   * @param onSent called when the message is on its way: whatever is sent afterwards arrives after it
   * @throws AppError `unavailable` when too many wait already
   */
  add(id: string, body: string, onSent?: () => void): Promise<void> {
    const bytes = Buffer.byteLength(body);
    if (this.waiting.length > 0 && this.waitingBytes + bytes > MAX_WAITING_BYTES) {
      return Promise.reject(
        new AppError('unavailable', 'The event stream does not keep up at the moment.', {
          suggestion: 'Try again in a moment.',
        }),
      );
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ id, body, bytes, onSent, resolve, reject });
      this.waitingBytes += bytes;
      if (!this.isSending) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isSending = true;
    while (this.waiting.length > 0) await this.sendAll(this.next());
    this.isSending = false;
  }

  private async sendAll(batch: readonly Waiting[]): Promise<void> {
    try {
      const stored = this.send(
        batch.map(({ id }) => id),
        batch.map(({ body }) => body).join('\n'),
      );
      for (const { onSent } of batch) onSent?.();
      await stored;
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (error instanceof MessageTooLarge && batch.length > 1) {
        // Together they are too much for a server that takes less than ours: one that is so alone refuses itself only.
        for (const one of batch) await this.sendAll([one]);
      } else for (const { reject } of batch) reject(error);
    }
  }

  private next(): Waiting[] {
    let bytes = 0;
    const full = this.waiting.findIndex((event, index) => {
      bytes += event.bytes + 1;
      return index > 0 && bytes > MAX_GATHERED_BYTES;
    });
    const batch = this.waiting.splice(0, full === -1 ? this.waiting.length : full);
    for (const event of batch) this.waitingBytes -= event.bytes;
    return batch;
  }
}
