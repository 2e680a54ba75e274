import type { TriggerConfig, TriggerHook as HookData } from '@patchbay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const time = { type: 'timestamptz', precision: 3 } as const;

/** `registering`: the provider is being asked for it. `removing`: nothing that it sends is taken any more. */
export type HookState = 'registering' | 'active' | 'removing';

/**
 * A hook at a provider, with an address of its own. It holds all that is needed to take it away again: its instance, and
 * that one's config, may be gone before that is done.
 */
@Entity('trigger_hooks')
@Index('trigger_hooks_token', ['tokenSha256'], { unique: true })
@Index('trigger_hooks_instance', ['instanceId'])
@Index('trigger_hooks_due', ['nextTryAt'], { where: 'next_try_at IS NOT NULL' })
export class TriggerHook {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'token_sha256' })
  tokenSha256!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text', { name: 'instance_id' })
  instanceId!: string;

  @Column('text', { name: 'user_id' })
  userId!: string;

  @Column('text', { name: 'connection_id' })
  connectionId!: string;

  @Column('text')
  toolkit!: string;

  @Column('text', { name: 'trigger_slug' })
  triggerSlug!: string;

  @Column('json')
  config!: TriggerConfig;

  @Column('text')
  state!: HookState;

  /** The token of its address, and what its requests are verified by. */
  @Column('text', { name: 'sealed_secrets' })
  sealedSecrets!: string;

  @Column('json', { nullable: true })
  data!: HookData | null;

  /** When the provider's handshake was answered. */
  @Column({ ...time, name: 'shaken_at', nullable: true })
  shakenAt!: Date | null;

  @Column({ ...time, name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** When something is to be done at the provider; null: nothing. While a replica does it: when its lease ends. */
  @Column({ ...time, name: 'next_try_at', nullable: true })
  nextTryAt!: Date | null;

  @Column('integer', { default: 0 })
  tries!: number;

  @Column({ ...time, name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
