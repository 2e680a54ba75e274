import { Controller } from '@nestjs/common';
import { triggerEventsStored, type SignalOf } from '@patchbay/contracts';
import { OnSignal } from '@patchbay/service';
import { TriggerEventFeed } from './trigger-event.feed.js';

@Controller()
export class TriggerEventsSignalsController {
  constructor(private readonly feed: TriggerEventFeed) {}

  @OnSignal(triggerEventsStored)
  async onStored({ projectId }: SignalOf<typeof triggerEventsStored>): Promise<void> {
    this.feed.onStored(projectId);
  }
}
