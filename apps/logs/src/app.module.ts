import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '@patchbay/database';
import { AuditController } from './audit/audit.controller.js';
import { AuditService } from './audit/audit.service.js';
import { CallsController } from './calls/calls.controller.js';
import { CallsService } from './calls/calls.service.js';
import type { LogsConfig } from './config.js';
import { database } from './database.js';
import { RecordWriter } from './intake/record.writer.js';
import { PartitionKeeper } from './partitions/partition.keeper.js';
import { RejectedEventsController } from './rejected/rejected-events.controller.js';
import { RejectedEventsService } from './rejected/rejected-events.service.js';
import { StoriesController } from './stories/stories.controller.js';
import { StoriesService } from './stories/stories.service.js';
import { CONFIG } from './tokens.js';
import { UsageController } from './usage/usage.controller.js';
import { UsageService } from './usage/usage.service.js';

@Module({
  imports: [TypeOrmModule.forFeature(database.entities)],
  controllers: [
    AuditController,
    CallsController,
    RejectedEventsController,
    StoriesController,
    UsageController,
  ],
  providers: [
    AuditService,
    CallsService,
    PartitionKeeper,
    RecordWriter,
    RejectedEventsService,
    StoriesService,
    UsageService,
  ],
})
export class AppModule {
  static forRoot(config: LogsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [DatabaseModule.forRoot(config.DATABASE_URL, database)],
      providers: [{ provide: CONFIG, useValue: config }],
    };
  }
}
