import type { ParentCall } from '@patchbay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A call; the columns of its end are null until the call has finished. */
@Entity('calls')
@Index('calls_id', ['id'])
@Index('calls_request', ['requestId'])
// Made by the migration alone: TypeORM cannot declare descending columns.
@Index('calls_project', { synchronize: false })
@Index('calls_session', { synchronize: false })
@Index('calls_user', { synchronize: false })
@Index('calls_toolkit', { synchronize: false })
@Index('calls_tool', { synchronize: false })
@Index('calls_connection', { synchronize: false })
@Index('calls_auth_config', { synchronize: false })
@Index('calls_sandbox', { synchronize: false })
@Index('calls_unsuccessful', { synchronize: false })
@Index('calls_unsuccessful_tool', { synchronize: false })
@Index('calls_unsuccessful_toolkit', { synchronize: false })
export class Call {
  /** First in the key, as the table is partitioned by it. */
  @PrimaryColumn({ type: 'timestamptz', name: 'started_at', precision: 3 })
  startedAt!: Date;

  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text', { name: 'user_id' })
  userId!: string;

  @Column('text', { name: 'session_id', nullable: true })
  sessionId!: string | null;

  @Column('text', { name: 'request_id' })
  requestId!: string;

  @Column('text', { name: 'trace_id', nullable: true })
  traceId!: string | null;

  @Column('text')
  toolkit!: string;

  @Column('text', { name: 'tool_slug' })
  toolSlug!: string;

  @Column('jsonb', { nullable: true })
  parent!: ParentCall | null;

  @Column('text', { name: 'connection_id', nullable: true })
  connectionId!: string | null;

  @Column('text', { name: 'auth_config_id', nullable: true })
  authConfigId!: string | null;

  @Column('text', { name: 'sandbox_id', nullable: true })
  sandboxId!: string | null;

  @Column('text')
  status!: 'running' | 'success' | 'failed';

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt!: Date | null;

  @Column('integer', { name: 'duration_ms', nullable: true })
  durationMs!: number | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('jsonb')
  arguments!: Record<string, unknown>;

  @Column('jsonb', { nullable: true })
  data!: Record<string, unknown> | null;
}
