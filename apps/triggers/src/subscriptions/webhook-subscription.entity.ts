import type { WebhookEventType, WebhookVersion } from '@patchbay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where a project's events are posted to. */
@Entity('webhook_subscriptions')
@Index('webhook_subscriptions_project', ['projectId'], { unique: true })
export class WebhookSubscription {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text')
  url!: string;

  @Column('text')
  version!: WebhookVersion;

  @Column('text', { array: true, name: 'enabled_events' })
  enabledEvents!: WebhookEventType[];

  @Column('text', { name: 'sealed_secret' })
  sealedSecret!: string;

  /** When the first attempt failed after the last that did not; null while all is well. */
  @Column({ type: 'timestamptz', name: 'failing_since', precision: 3, nullable: true })
  failingSince!: Date | null;

  /** When its endpoint said that it is gone: nothing is sent from then on. */
  @Column({ type: 'timestamptz', name: 'stopped_at', precision: 3, nullable: true })
  stoppedAt!: Date | null;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column({ type: 'timestamptz', name: 'last_delivered_at', precision: 3, nullable: true })
  lastDeliveredAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;

  /** Which replica delivers for it, and until when nobody else does; see `deliveries/queue.leases.ts`. */
  @Column('text', { name: 'leased_by', nullable: true })
  leasedBy!: string | null;

  @Column({ type: 'timestamptz', name: 'leased_until', precision: 3, nullable: true })
  leasedUntil!: Date | null;
}
