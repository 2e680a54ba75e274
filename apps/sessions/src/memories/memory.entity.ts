import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Session } from '../sessions/index.js';

/** What a session remembers of a toolkit. */
@Entity('session_memories')
export class Memory {
  @PrimaryColumn('text', { name: 'session_id' })
  sessionId!: string;

  @PrimaryColumn('text')
  toolkit!: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'session_memories_session_id_fkey' })
  session!: Session;

  /** The newest ones last. */
  @Column('text', { array: true })
  facts!: string[];
}
