import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { OfSession } from './of-session.js';

/** A client that a session's user admitted. Its tokens end with it. */
@Entity('mcp_grants')
@Index('mcp_grants_session', ['projectId', 'sessionId'])
@Index('mcp_grants_expiry', ['expiresAt'])
export class Grant extends OfSession {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'client_sha256' })
  clientSha256!: string;
}
