import type { ServiceDatabase } from '@patchbay/database';
import { AuditRecord } from './audit/index.js';
import { Call } from './calls/index.js';
import { CreateCalls1764000000000 } from './migrations/1764000000000-create-calls.js';
import { ExtendRecord1764500000000 } from './migrations/1764500000000-extend-record.js';
import { SumUsageByDay1764800000000 } from './migrations/1764800000000-sum-usage-by-day.js';
import { CreateAudit1765040000000 } from './migrations/1765040000000-create-audit.js';
import { RejectedEvent } from './rejected-events/index.js';
import { RecordedEvent } from './timeline/index.js';
import { Usage, UsageByDay } from './usage/index.js';

export const database: ServiceDatabase = {
  schema: 'logs',
  entities: [AuditRecord, Call, RecordedEvent, RejectedEvent, Usage, UsageByDay],
  migrations: [
    CreateCalls1764000000000,
    ExtendRecord1764500000000,
    SumUsageByDay1764800000000,
    CreateAudit1765040000000,
  ],
};
