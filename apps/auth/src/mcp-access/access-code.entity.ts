import { Entity, Index, PrimaryColumn } from 'typeorm';
import { OfSession } from './of-session.js';

/** The right to admit one client to a session. Looked up by its hash. */
@Entity('mcp_access_codes')
@Index('mcp_access_codes_expiry', ['expiresAt'])
@Index('mcp_access_codes_session', ['projectId', 'sessionId'])
export class AccessCode extends OfSession {
  @PrimaryColumn('text', { name: 'code_sha256' })
  codeSha256!: string;
}
