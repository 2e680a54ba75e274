import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Something other than a call that happened: to a session, an account, a project. */
@Entity('events')
@Index('events_session', ['projectId', 'sessionId', 'at', 'id'], { where: 'session_id IS NOT NULL' })
@Index('events_connection', ['projectId', 'connectionId', 'at', 'id'], { where: 'connection_id IS NOT NULL' })
export class RecordedEvent {
  /** First in the key, as the table is partitioned by it. */
  @PrimaryColumn({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text', { name: 'session_id', nullable: true })
  sessionId!: string | null;

  @Column('text', { name: 'user_id', nullable: true })
  userId!: string | null;

  @Column('text', { name: 'connection_id', nullable: true })
  connectionId!: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('text')
  subject!: string;

  @Column('jsonb')
  data!: Record<string, unknown>;
}
