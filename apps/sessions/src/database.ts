import type { ServiceDatabase } from '@patchbay/database';
import { CreateSessions1764000000000 } from './migrations/1764000000000-create-sessions.js';
import { Memory } from './memories/memory.entity.js';
import { CreateMemories1764100000000 } from './migrations/1764100000000-create-memories.js';
import { SessionVersion } from './sessions/session-version.entity.js';
import { Session } from './sessions/session.entity.js';

export const database: ServiceDatabase = {
  schema: 'sessions',
  entities: [Memory, Session, SessionVersion],
  migrations: [CreateSessions1764000000000, CreateMemories1764100000000],
};
