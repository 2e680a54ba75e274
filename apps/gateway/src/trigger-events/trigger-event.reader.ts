import { Injectable } from '@nestjs/common';
import { listTriggerEvents, webhookBody, writeJson, type TriggerEvent } from '@patchbay/contracts';
import { Bus, runWithDeadline } from '@patchbay/service';

/** For one page: a stream goes on for longer than its request. */
const READ_MS = 15_000;
/** No event has this id, so what comes after it is everything that is kept. */
const BEFORE_ALL = 'log_0';

/** An event, and what is sent of it: the body that a webhook of version V3 is sent. */
export interface PresentedEvent {
  id: string;
  event: TriggerEvent;
  /** JSON, written once for all who are sent it. */
  text: string;
}

export interface EventsPage {
  events: PresentedEvent[];
  /** The last of them, or the event after which there are none. */
  last: string;
  /** Events were left out, as they are no longer kept. */
  isGap: boolean;
}

/** Reads the stored events of a project in their order. */
@Injectable()
export class TriggerEventReader {
  constructor(private readonly bus: Bus) {}

  /** The event after which what happens from now on comes. */
  async position(projectId: string): Promise<string> {
    const { last } = await this.read({ projectId });
    return last ?? BEFORE_ALL;
  }

  /** Page by page, until there is no more. */
  async *after(projectId: string, id: string): AsyncGenerator<EventsPage> {
    let after = id;
    for (let hasMore = true; hasMore;) {
      const page = await this.read({ projectId, after });
      yield {
        events: page.items.map((event) => ({ id: event.id, event, text: presentEvent(event) })),
        last: page.last ?? after,
        isGap: page.isGap && after !== BEFORE_ALL,
      };
      ({ hasMore } = page);
      after = page.last ?? after;
    }
  }

  private read(input: { projectId: string; after?: string }) {
    return runWithDeadline(Date.now() + READ_MS, () => this.bus.request(listTriggerEvents, input));
  }
}

function presentEvent(event: TriggerEvent): string {
  return writeJson(webhookBody('V3', event));
}
