import { Column } from 'typeorm';

/** What is given out for a session and on behalf of its user, for a time. */
export abstract class OfSession {
  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text', { name: 'session_id' })
  sessionId!: string;

  @Column('text', { name: 'user_id' })
  userId!: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
