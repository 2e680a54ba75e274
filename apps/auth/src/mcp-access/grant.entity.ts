import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A client that a session's user admitted. Its tokens end with it. */
@Entity('mcp_grants')
@Index('mcp_grants_session', ['projectId', 'sessionId'])
export class Grant {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text', { name: 'session_id' })
  sessionId!: string;

  @Column('text', { name: 'user_id' })
  userId!: string;

  @Column('text', { name: 'client_sha256' })
  clientSha256!: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
