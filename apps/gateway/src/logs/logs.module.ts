import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/index.js';
import { LongLivedResponsesModule } from '../long-lived-responses/index.js';
import { ActionExecutionsController } from './action-executions.controller.js';
import { ActivityController } from './activity.controller.js';
import { AuditLogsController } from './audit-logs.controller.js';
import { AuditLogs } from './audit-logs.service.js';
import { ExportController } from './export.controller.js';
import { Exports } from './exports.service.js';
import { LogsController } from './logs.controller.js';
import { MissedCalls } from './missed-calls.service.js';
import { OrganisationAuditController } from './organisation-audit.controller.js';
import { RejectedEventsController } from './rejected-events.controller.js';
import { SearchesController } from './searches.controller.js';
import { TailController } from './tail.controller.js';
import { TailsService } from './tails.service.js';
import { TimelineController } from './timeline.controller.js';
import { UsageController } from './usage.controller.js';

@Module({
  imports: [LimitsModule, LongLivedResponsesModule],
  controllers: [
    ActionExecutionsController,
    ActivityController,
    AuditLogsController,
    ExportController,
    LogsController,
    OrganisationAuditController,
    RejectedEventsController,
    SearchesController,
    TailController,
    TimelineController,
    UsageController,
  ],
  providers: [AuditLogs, Exports, MissedCalls, TailsService],
})
export class LogsModule {}
