import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A message of the stream that could not be kept, set aside with the reason. */
@Entity('rejected_events')
@Unique('rejected_events_place', ['publishedAt', 'sequence'])
export class RejectedEvent {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('text')
  subject!: string;

  /** Its place in the stream; with the time, as a stream that was made again counts from one again. */
  @Column('bigint')
  sequence!: string;

  @Column({ type: 'timestamptz', name: 'published_at', precision: 3 })
  publishedAt!: Date;

  @Column({ type: 'timestamptz', name: 'rejected_at', precision: 3, default: () => 'now()' })
  rejectedAt!: Date;

  @Column('text')
  reason!: string;

  @Column('text')
  body!: string;
}
