import type { ServiceDatabase } from '@patchbay/database';
import { Feedback } from './feedback/index.js';
import { McpInstance, McpServer } from './mcp-servers/index.js';
import { Memory } from './memories/index.js';
import { RemovalConfirmation } from './removal-confirmations/index.js';
import { SavedConfig } from './saved-configs/index.js';
import { AllowedCall, Session, SessionVersion } from './sessions/index.js';
import { migrations, schema } from './migrations/index.js';

export const database: ServiceDatabase = {
  schema,
  entities: [
    AllowedCall,
    Feedback,
    Memory,
    RemovalConfirmation,
    SavedConfig,
    Session,
    SessionVersion,
    McpServer,
    McpInstance,
  ],
  migrations,
};
