import type { ServiceDatabase } from '@patchbay/database';
import { StdioLease } from './stdio/index.js';
import { Workspace } from './workspaces/index.js';
import { migrations, schema } from './migrations/index.js';

export const database: ServiceDatabase = {
  schema,
  entities: [StdioLease, Workspace],
  migrations,
};
