import type { ServiceDatabase } from '@patchbay/database';
import { CallTimes } from './activity/index.js';
import { AuditRecord } from './audit/index.js';
import { Call } from './calls/index.js';
import { RejectedEvent } from './rejected-events/index.js';
import { RecordedEvent } from './timeline/index.js';
import { SessionUsage, Usage, UsageByDay, UsageByTool } from './usage/index.js';
import { migrations, schema } from './migrations/index.js';

export const database: ServiceDatabase = {
  schema,
  entities: [
    AuditRecord,
    Call,
    CallTimes,
    RecordedEvent,
    RejectedEvent,
    SessionUsage,
    Usage,
    UsageByDay,
    UsageByTool,
  ],
  migrations,
};
