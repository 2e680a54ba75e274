import type { ServiceDatabase } from '@patchbay/database';
import { Call } from './calls/call.entity.js';
import { CreateCalls1764000000000 } from './migrations/1764000000000-create-calls.js';

export const database: ServiceDatabase = {
  schema: 'logs',
  entities: [Call],
  migrations: [CreateCalls1764000000000],
};
