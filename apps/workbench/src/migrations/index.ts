import { CreateWorkspaces1764000000000 } from './1764000000000-create-workspaces.js';
import { ExtendWorkspaces1764600000000 } from './1764600000000-extend-workspaces.js';
import { CountArchives1765050000000 } from './1765050000000-count-archives.js';
import { CreateStdioLeases1765400000000 } from './1765400000000-create-stdio-leases.js';

/** The service's schema, and how it came to be: all that the migrations job loads of a service. */
export const schema = 'workbench';

export const migrations = [
  CreateWorkspaces1764000000000,
  ExtendWorkspaces1764600000000,
  CountArchives1765050000000,
  CreateStdioLeases1765400000000,
];
