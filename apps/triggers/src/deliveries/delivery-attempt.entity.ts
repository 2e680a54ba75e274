import type { WebhookVersion } from '@patchbay/contracts';
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Delivery } from '../delivery-queue/index.js';

/** One attempt to deliver, as it was sent and answered. */
@Entity('delivery_attempts')
export class DeliveryAttempt {
  @PrimaryColumn('text', { name: 'delivery_id' })
  deliveryId!: string;

  @ManyToOne(() => Delivery, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'delivery_id', foreignKeyConstraintName: 'delivery_attempts_delivery_id_fkey' })
  delivery!: Delivery;

  @PrimaryColumn('integer')
  number!: number;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @Column('integer', { name: 'duration_ms' })
  durationMs!: number;

  @Column('text')
  url!: string;

  /** The body is not kept: it is made of the event, and always the same in one version. */
  @Column('text')
  version!: WebhookVersion;

  @Column('json', { name: 'request_headers' })
  requestHeaders!: Record<string, string>;

  @Column('integer', { nullable: true })
  status!: number | null;

  @Column('json', { name: 'response_headers', nullable: true })
  responseHeaders!: Record<string, string> | null;

  @Column('text', { name: 'response_body', nullable: true })
  responseBody!: string | null;

  @Column('text', { nullable: true })
  error!: string | null;
}
