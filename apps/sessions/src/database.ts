import type { ServiceDatabase } from '@patchbay/database';
import { McpInstance, McpServer } from './mcp-servers/index.js';
import { Memory } from './memories/index.js';
import { CreateSessions1764000000000 } from './migrations/1764000000000-create-sessions.js';
import { CreateMemories1764100000000 } from './migrations/1764100000000-create-memories.js';
import { CreateMcpServers1764300000000 } from './migrations/1764300000000-create-mcp-servers.js';
import { CreateAllowedCalls1764600000000 } from './migrations/1764600000000-create-allowed-calls.js';
import { UnsayProxyExecution1765070000000 } from './migrations/1765070000000-unsay-proxy-execution.js';
import { CreateRemovalConfirmations1765081000000 } from './migrations/1765081000000-create-removal-confirmations.js';
import { RemovalConfirmation } from './removal-confirmations/index.js';
import { AllowedCall, Session, SessionVersion } from './sessions/index.js';

export const database: ServiceDatabase = {
  schema: 'sessions',
  entities: [AllowedCall, Memory, RemovalConfirmation, Session, SessionVersion, McpServer, McpInstance],
  migrations: [
    CreateSessions1764000000000,
    CreateMemories1764100000000,
    CreateMcpServers1764300000000,
    CreateAllowedCalls1764600000000,
    UnsayProxyExecution1765070000000,
    CreateRemovalConfirmations1765081000000,
  ],
};
