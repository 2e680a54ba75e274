import type {
  DisabledReason,
  TriggerConfig,
  TriggerCursor,
  TriggerHook,
  TriggerMechanism,
} from '@patchbay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const time = { type: 'timestamptz', precision: 3 } as const;

/** One trigger type for one account with one config, and where its polling stands. */
@Entity('trigger_instances')
@Index('trigger_instances_same', ['projectId', 'connectionId', 'triggerSlug', 'configSha256'], {
  unique: true,
})
@Index('trigger_instances_project', ['projectId', 'createdAt', 'id'])
@Index('trigger_instances_connection', ['connectionId'])
@Index('trigger_instances_due', ['nextPollAt'], { where: 'next_poll_at IS NOT NULL' })
@Index('trigger_instances_pushed', ['projectId', 'toolkit'], {
  where: "mechanism = 'webhook' AND disabled_at IS NULL",
})
export class TriggerInstance {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text', { name: 'user_id' })
  userId!: string;

  @Column('text', { name: 'connection_id' })
  connectionId!: string;

  @Column('text', { name: 'auth_config_id' })
  authConfigId!: string;

  @Column('text')
  toolkit!: string;

  @Column('text', { name: 'trigger_slug' })
  triggerSlug!: string;

  @Column('text')
  version!: string;

  @Column('json')
  config!: TriggerConfig;

  /** Of the config in its canonical form: what makes two of them the same. */
  @Column('text', { name: 'config_sha256' })
  configSha256!: string;

  @Column('text')
  mechanism!: TriggerMechanism;

  /** The OAuth app whose webhooks it waits for; null: it has a hook of its own, or is polled. */
  @Column('text', { name: 'app_client_id', nullable: true })
  appClientId!: string | null;

  /** What its hook is known by at the provider. */
  @Column('json', { nullable: true })
  data!: TriggerHook | null;

  /** Its webhook says only that something changed: it is polled as well, at once when it does. */
  @Column('boolean', { name: 'is_hinted', default: false })
  isHinted!: boolean;

  /** When its webhook said so; null: it was polled since. */
  @Column({ ...time, name: 'hinted_at', nullable: true })
  hintedAt!: Date | null;

  @Column({ ...time, name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;

  @Column('text', { name: 'disabled_reason', nullable: true })
  disabledReason!: DisabledReason | null;

  @Column('integer', { name: 'interval_seconds' })
  intervalSeconds!: number;

  @Column('json', { nullable: true })
  cursor!: TriggerCursor | null;

  /** While a replica polls it: when its lease ends. Null: it is not polled. */
  @Column({ ...time, name: 'next_poll_at', nullable: true })
  nextPollAt!: Date | null;

  /** Before then its provider wants nothing asked with its account, whatever it says that changed. */
  @Column({ ...time, name: 'held_until', nullable: true })
  heldUntil!: Date | null;

  /** Of the replica that polls it: only under this token may what was found be kept. */
  @Column('uuid', { name: 'lease_token', nullable: true })
  leaseToken!: string | null;

  /** Polls that failed in a row. */
  @Column('integer', { default: 0 })
  failures!: number;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column({ ...time, name: 'last_polled_at', nullable: true })
  lastPolledAt!: Date | null;

  @Column({ ...time, name: 'last_event_at', nullable: true })
  lastEventAt!: Date | null;

  @Column({ ...time, name: 'enabled_at', default: () => 'now()' })
  enabledAt!: Date;

  @Column({ ...time, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ ...time, name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
