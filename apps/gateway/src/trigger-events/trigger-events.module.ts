import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/index.js';
import { LongLivedResponsesModule } from '../long-lived-responses/index.js';
import { EventTailController } from './event-tail.controller.js';
import { EventsController } from './events.controller.js';
import { TriggerEventFeed } from './trigger-event.feed.js';
import { TriggerEventReader } from './trigger-event.reader.js';
import { TriggerEventsSignalsController } from './trigger-events.signals.controller.js';
import { TriggerLogsController } from './trigger-logs.controller.js';

@Module({
  imports: [LimitsModule, LongLivedResponsesModule],
  controllers: [EventTailController, EventsController, TriggerEventsSignalsController, TriggerLogsController],
  providers: [TriggerEventFeed, TriggerEventReader],
  exports: [TriggerEventFeed],
})
export class TriggerEventsModule {}
