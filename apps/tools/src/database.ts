import type { ServiceDatabase } from '@patchbay/database';
import { CallFile } from './files/call-file.entity.js';
import { CreateCallFiles1764100000000 } from './migrations/1764100000000-create-call-files.js';

export const database: ServiceDatabase = {
  schema: 'tools',
  entities: [CallFile],
  migrations: [CreateCallFiles1764100000000],
};
