import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule } from '@patchbay/database';
import { ActivityModule } from './activity/index.js';
import { AuditModule } from './audit/index.js';
import { CallsModule } from './calls/index.js';
import type { LogsConfig } from './config.js';
import { database } from './database.js';
import { IngestModule } from './ingest/index.js';
import { RejectedEventsModule } from './rejected-events/index.js';
import { SearchesModule } from './searches/index.js';
import { SettingsModule } from './settings.module.js';
import { TimelineModule } from './timeline/index.js';
import { UsageModule } from './usage/index.js';

@Module({
  imports: [
    ActivityModule,
    AuditModule,
    CallsModule,
    IngestModule,
    RejectedEventsModule,
    SearchesModule,
    TimelineModule,
    UsageModule,
  ],
})
export class AppModule {
  static forRoot(config: LogsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [SettingsModule.forRoot(config), DatabaseModule.forRoot(config.DATABASE_URL, database)],
    };
  }
}
