import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An event that could not be published or handled, set aside with the reason so that the others go on. */
@Entity('dead_letters')
@Index('dead_letters_event', ['origin', 'eventId'], { unique: true })
@Index('dead_letters_age', ['setAsideAt'])
export class DeadLetter {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  /** `outbox`, or the durable consumer that could not handle it. */
  @Column('text')
  origin!: string;

  /** Of a consumer the message's place in the stream. */
  @Column('text', { name: 'event_id' })
  eventId!: string;

  @Column('text')
  subject!: string;

  @Column('text')
  reason!: string;

  /** The beginning, when the whole is too large to be kept: `bytes` tells. */
  @Column('text')
  body!: string;

  /** Of the whole body. */
  @Column('integer')
  bytes!: number;

  @Column({ type: 'timestamptz', name: 'set_aside_at', precision: 3, default: () => 'now()' })
  setAsideAt!: Date;
}
