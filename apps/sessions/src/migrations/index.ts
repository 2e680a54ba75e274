import { CreateSessions1764000000000 } from './1764000000000-create-sessions.js';
import { CreateMemories1764100000000 } from './1764100000000-create-memories.js';
import { CreateMcpServers1764300000000 } from './1764300000000-create-mcp-servers.js';
import { CreateAllowedCalls1764600000000 } from './1764600000000-create-allowed-calls.js';
import { UnsayProxyExecution1765070000000 } from './1765070000000-unsay-proxy-execution.js';
import { CreateRemovalConfirmations1765081000000 } from './1765081000000-create-removal-confirmations.js';
import { CreateSavedConfigs1765142000000 } from './1765142000000-create-saved-configs.js';
import { CreateFeedback1766100000000 } from './1766100000000-create-feedback.js';
import { ListSessions1766110000000 } from './1766110000000-list-sessions.js';

/** The service's schema, and how it came to be: all that the migrations job loads of a service. */
export const schema = 'sessions';

export const migrations = [
  CreateSessions1764000000000,
  CreateMemories1764100000000,
  CreateMcpServers1764300000000,
  CreateAllowedCalls1764600000000,
  UnsayProxyExecution1765070000000,
  CreateRemovalConfirmations1765081000000,
  CreateSavedConfigs1765142000000,
  CreateFeedback1766100000000,
  ListSessions1766110000000,
];
