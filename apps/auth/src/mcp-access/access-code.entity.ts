import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The right to admit one client to a session. Looked up by its hash. */
@Entity('mcp_access_codes')
@Index('mcp_access_codes_expiry', ['expiresAt'])
export class AccessCode {
  @PrimaryColumn('text', { name: 'code_sha256' })
  codeSha256!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text', { name: 'session_id' })
  sessionId!: string;

  @Column('text', { name: 'user_id' })
  userId!: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
