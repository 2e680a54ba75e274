import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { PlatformEventsConsumer } from './platform-events.consumer.js';
import { PlatformEventsService } from './platform-events.service.js';

@Module({ imports: [EventsModule], providers: [PlatformEventsConsumer, PlatformEventsService] })
export class PlatformEventsModule {}
