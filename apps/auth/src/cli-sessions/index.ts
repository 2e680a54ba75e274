export { CliSession } from './cli-session.entity.js';
export { CliSessionsModule } from './cli-sessions.module.js';
