import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Session } from '../sessions/index.js';

/** What an agent said of its session, or of one of its tools. */
@Entity('session_feedback')
@Index('session_feedback_session', ['sessionId', 'createdAt', 'id'])
export class Feedback {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'session_id' })
  sessionId!: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'session_feedback_session_id_fkey' })
  session!: Session;

  @Column('text', { name: 'tool_slug', nullable: true })
  toolSlug!: string | null;

  @Column('text')
  text!: string;

  @Column('text', { name: 'log_id' })
  logId!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
