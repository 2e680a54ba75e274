import { AppError } from '@patchbay/contracts';
import type { ServerSentEvents } from '../http/index.js';
import { matches, type EventFilters } from './event-filters.js';
import type { Watcher } from './project.feed.js';
import type { PresentedEvent, TriggerEventReader } from './trigger-event.reader.js';

/** What a client may leave unread: some of the longest events. */
export const MAX_UNREAD_BYTES = 2 * 1024 * 1024;
const EVENT_ID = /^log_[\w-]{1,64}$/;
const GAP = 'Some events that were missed are no longer kept.';

/** One client that watches by server-sent events. */
export class EventTail implements Watcher {
  constructor(
    private readonly projectId: string,
    private readonly filters: EventFilters,
    private readonly stream: Pick<ServerSentEvents, 'send' | 'sendText' | 'drained' | 'end'>,
  ) {}

  /**
   * Sends what the client missed, as fast as it reads, and from then on what happens. Never throws: when that cannot be
   * read, the stream ends, and the client comes again.
   */
  async follow(
    reader: Pick<TriggerEventReader, 'after'>,
    place: { join(after?: string): Promise<void> },
    lastEventId = '',
  ): Promise<void> {
    try {
      if (!EVENT_ID.test(lastEventId)) return await place.join();
      let last = lastEventId;
      for await (const page of reader.after(this.projectId, last)) {
        if (page.isGap) this.stream.send('gap', { reason: GAP });
        for (const event of page.events) {
          this.send(event);
          if (!(await this.stream.drained())) return;
        }
        ({ last } = page);
      }
      await place.join(last);
    } catch (error) {
      this.end(error instanceof AppError ? error.message : 'Something went wrong on our side.');
    }
  }

  send({ id, event, text }: PresentedEvent): void {
    if (matches(event, this.filters)) this.stream.sendText('message', text, id);
  }

  end(reason: string): void {
    this.stream.end(reason);
  }
}
