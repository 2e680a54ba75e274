import type { SessionConfig } from '@patchbay/contracts';
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Session } from './session.entity.js';

/** A configuration that a session had before its present one. */
@Entity('session_versions')
export class SessionVersion {
  @PrimaryColumn('text', { name: 'session_id' })
  sessionId!: string;

  @PrimaryColumn('integer')
  version!: number;

  @ManyToOne(() => Session, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'session_versions_session_id_fkey' })
  session!: Session;

  @Column('jsonb')
  config!: SessionConfig;

  @Column({ type: 'timestamptz', name: 'superseded_at', precision: 3, default: () => 'now()' })
  supersededAt!: Date;
}
