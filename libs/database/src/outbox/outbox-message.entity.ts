import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An event written in the transaction that caused it, until the relay has put it into the stream. */
@Entity('outbox')
export class OutboxMessage {
  /** Rises with time within a service: events leave in about the order in which they were written. */
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  position!: string;

  @Column('text', { name: 'event_id' })
  eventId!: string;

  @Column('text')
  subject!: string;

  /** The whole envelope, as it will be published. */
  @Column('text')
  body!: string;

  /** How often the stream refused it although NATS was there, for a reason that an operator can mend. */
  @Column('integer', { default: 0 })
  attempts!: number;

  /** Not before; null: at once. */
  @Column({ type: 'timestamptz', name: 'retry_at', precision: 3, nullable: true })
  retryAt!: Date | null;
}
