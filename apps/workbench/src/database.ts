import type { ServiceDatabase } from '@patchbay/database';
import { CreateWorkspaces1764000000000 } from './migrations/1764000000000-create-workspaces.js';
import { ExtendWorkspaces1764600000000 } from './migrations/1764600000000-extend-workspaces.js';
import { CountArchives1765050000000 } from './migrations/1765050000000-count-archives.js';
import { Workspace } from './workspaces/index.js';

export const database: ServiceDatabase = {
  schema: 'workbench',
  entities: [Workspace],
  migrations: [CreateWorkspaces1764000000000, ExtendWorkspaces1764600000000, CountArchives1765050000000],
};
