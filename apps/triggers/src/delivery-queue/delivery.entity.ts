import type { DeliveryState } from '@patchbay/contracts';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** One event on its way to the project's webhook. */
@Entity('deliveries')
@Index('deliveries_event', ['eventId'], { unique: true })
@Index('deliveries_subscription', ['subscriptionId'])
@Index('deliveries_due', ['subscriptionId', 'nextAt'], { where: "state = 'waiting'" })
@Index('deliveries_newest', ['projectId', 'createdAt', 'id'])
export class Delivery {
  /** `msg_…`, made of the event's id: there can be no second one. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'event_id' })
  eventId!: string;

  /** By its name, as the folder of events imports this one. */
  @ManyToOne('TriggerEvent', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'event_id', foreignKeyConstraintName: 'deliveries_event_id_fkey' })
  event!: unknown;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text', { name: 'subscription_id' })
  subscriptionId!: string;

  @ManyToOne('WebhookSubscription', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'subscription_id', foreignKeyConstraintName: 'deliveries_subscription_id_fkey' })
  subscription!: unknown;

  @Column('text', { default: 'waiting' })
  state!: DeliveryState;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** When it is tried next; null once it is over. */
  @Column({ type: 'timestamptz', name: 'next_at', precision: 3, nullable: true, default: () => 'now()' })
  nextAt!: Date | null;

  /** From when on its schedule counts: it was made, or sent again. */
  @Column({ type: 'timestamptz', name: 'begun_at', precision: 3, default: () => 'now()' })
  begunAt!: Date;

  /** Attempts since then. */
  @Column('integer', { default: 0 })
  tries!: number;

  @Column('integer', { nullable: true })
  status!: number | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt!: Date | null;
}
