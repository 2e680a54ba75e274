import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Session } from './session.entity.js';

/** A call that a person has allowed for as long as its session lives, by its permission key. */
@Entity('allowed_calls')
export class AllowedCall {
  @PrimaryColumn('text', { name: 'session_id' })
  sessionId!: string;

  @PrimaryColumn('text')
  key!: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'allowed_calls_session_id_fkey' })
  session!: Session;

  @Column({ type: 'timestamptz', name: 'allowed_at', precision: 3, default: () => 'now()' })
  allowedAt!: Date;
}
