import { Module } from '@nestjs/common';
import { Deletions } from '@patchbay/database';
import { DataSource } from 'typeorm';
import { DeliveryQueueModule } from '../delivery-queue/index.js';
import { EventAnnouncer } from './event.announcer.js';
import { EventsController } from './events.controller.js';
import { EventsReader } from './events.reader.js';
import { EventsService } from './events.service.js';
import { EventsSweep } from './events.sweep.js';

@Module({
  imports: [DeliveryQueueModule],
  controllers: [EventsController],
  providers: [EventAnnouncer, EventsReader, EventsService, EventsSweep],
  exports: [EventsReader, EventsService],
})
export class EventsModule {
  constructor(deletions: Deletions, dataSource: DataSource) {
    deletions.register({
      project: (projectId) => dataSource.query('DELETE FROM events WHERE project_id = $1', [projectId]),
    });
  }
}
