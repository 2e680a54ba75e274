import type { ServiceDatabase } from '@patchbay/database';
import { CreateSessions1764000000000 } from './migrations/1764000000000-create-sessions.js';
import { Memory } from './memories/memory.entity.js';
import { CreateMemories1764100000000 } from './migrations/1764100000000-create-memories.js';
import { McpInstance } from './mcp-servers/mcp-instance.entity.js';
import { McpServer } from './mcp-servers/mcp-server.entity.js';
import { CreateMcpServers1764300000000 } from './migrations/1764300000000-create-mcp-servers.js';
import { CreateAllowedCalls1764600000000 } from './migrations/1764600000000-create-allowed-calls.js';
import { UnsayProxyExecution1765070000000 } from './migrations/1765070000000-unsay-proxy-execution.js';
import { CreateRemovalConfirmations1765081000000 } from './migrations/1765081000000-create-removal-confirmations.js';
import { AllowedCall } from './permissions/allowed-call.entity.js';
import { RemovalConfirmation } from './permissions/removal-confirmation.entity.js';
import { SessionVersion } from './sessions/session-version.entity.js';
import { Session } from './sessions/session.entity.js';

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
