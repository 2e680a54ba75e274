import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Session } from '../sessions/index.js';

/** An account's removal that was requested once and waits for the second request. Looked up by its code's hash. */
@Entity('removal_confirmations')
@Index('removal_confirmations_session', ['sessionId'])
export class RemovalConfirmation {
  @PrimaryColumn('text', { name: 'code_sha256' })
  codeSha256!: string;

  @Column('text', { name: 'session_id' })
  sessionId!: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'removal_confirmations_session_id_fkey' })
  session!: Session;

  @Column('text', { name: 'connection_id' })
  connectionId!: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
