import { OutboundError, TokenBucket } from '@patchbay/service';

export interface EventBounds {
  /** Bytes of one event at most. */
  maxEventBytes: number;
  /** Events of the whole stream at most. */
  maxEvents?: number;
  /** Bytes a second that are read; the sender waits with what is more. As much as one event may come at once. */
  bytesPerSecond?: number;
}

const LF = 10;
const CR = 13;

/**
 * Bounds a stream of server-sent events: what parses them keeps an event until its end, however long it is, and
 * its reader does work for each.
 * @param host for messages
 */
export function boundedEvents(host: string, bounds: EventBounds): TransformStream<Uint8Array, Uint8Array> {
  const { maxEventBytes, maxEvents = Infinity, bytesPerSecond = Infinity } = bounds;
  const counter = new EventCounter();
  const rate = new TokenBucket(bytesPerSecond, maxEventBytes);
  return new TransformStream({
    async transform(chunk, controller) {
      counter.count(chunk);
      if (counter.longest > maxEventBytes) {
        const message = `${host} sent an event of more than ${maxEventBytes} bytes.`;
        return controller.error(new OutboundError('too_large', message));
      }
      if (counter.events > maxEvents) {
        const message = `${host} sent more than ${maxEvents} events in one answer.`;
        return controller.error(new OutboundError('too_large', message));
      }
      await rate.take(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
}

/** Events end with an empty line; lines end with LF, CR or both (HTML, section 9.2.5). */
class EventCounter {
  events = 0;
  /** Bytes of the longest event so far, the one under way included. */
  longest = 0;
  private size = 0;
  private isLineEmpty = true;
  private last = 0;

  count(chunk: Uint8Array): void {
    for (const byte of chunk) {
      this.size += 1;
      const isSecondHalf = byte === LF && this.last === CR;
      if (!isSecondHalf && (byte === LF || byte === CR)) this.endLine();
      else if (!isSecondHalf) this.isLineEmpty = false;
      this.last = byte;
    }
    this.longest = Math.max(this.longest, this.size);
  }

  private endLine(): void {
    if (this.isLineEmpty) {
      this.longest = Math.max(this.longest, this.size);
      this.events += 1;
      this.size = 0;
    }
    this.isLineEmpty = true;
  }
}
