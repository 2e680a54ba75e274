import type { ServiceDatabase } from '@patchbay/database';
import { migrations, schema } from './migrations/index.js';

export const database: ServiceDatabase = { schema, entities: [], migrations };
