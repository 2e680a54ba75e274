import type { ServiceDatabase } from '@patchbay/database';
import { Call } from './calls/call.entity.js';
import { CreateCalls1764000000000 } from './migrations/1764000000000-create-calls.js';
import { ExtendRecord1764500000000 } from './migrations/1764500000000-extend-record.js';
import { RejectedEvent } from './rejected/rejected-event.entity.js';
import { RecordedEvent } from './stories/recorded-event.entity.js';
import { Usage } from './usage/usage.entity.js';

export const database: ServiceDatabase = {
  schema: 'logs',
  entities: [Call, RecordedEvent, RejectedEvent, Usage],
  migrations: [CreateCalls1764000000000, ExtendRecord1764500000000],
};
