import type { WebhookEventType } from '@patchbay/contracts';
import { Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';

/** Something that happened, kept for as long as PATCHBAY_EVENT_RETENTION_DAYS says. */
@Entity('events')
@Index('events_source', ['source', 'sourceKey'], { unique: true })
@Index('events_order', ['projectId', 'position'])
@Index('events_age', ['storedAt'])
export class TriggerEvent {
  @PrimaryColumn('text')
  id!: string;

  /** Rises within a project in the order in which readers may go on (see `events.reader.ts`). */
  @Column('bigint')
  @Generated('increment')
  position!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text')
  type!: WebhookEventType;

  /** Who told of it: the same key of the same source is the same event. */
  @Column('text')
  source!: string;

  @Column('text', { name: 'source_key' })
  sourceKey!: string;

  @Column('text', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  @Column('text', { name: 'trigger_slug', nullable: true })
  triggerSlug!: string | null;

  @Column('text', { nullable: true })
  toolkit!: string | null;

  @Column('text', { name: 'connection_id', nullable: true })
  connectionId!: string | null;

  @Column('text', { name: 'auth_config_id', nullable: true })
  authConfigId!: string | null;

  @Column('text', { name: 'user_id', nullable: true })
  userId!: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @Column({ type: 'timestamptz', name: 'stored_at', precision: 3, default: () => 'now()' })
  storedAt!: Date;

  @Column('json')
  metadata!: Record<string, unknown>;

  /** As text: jsonb takes no zero character, and keeps neither the order of fields nor the form of numbers. */
  @Column('json')
  data!: Record<string, unknown>;

  @Column('boolean', { name: 'is_clipped', default: false })
  isClipped!: boolean;
}
