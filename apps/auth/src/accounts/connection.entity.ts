import type { AccessList, AccountType, ConnectionStatus } from '@patchbay/contracts';
import { Check, Column, Entity, ForeignKey, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Project } from '../projects/index.js';
import { AuthConfig } from './auth-config.entity.js';

/** One user's account at one provider, with its credential sealed. */
@Entity('connected_accounts')
@Check('active_has_credential', `status <> 'ACTIVE' OR sealed_credential IS NOT NULL`)
@Index('connected_accounts_word_id', ['projectId', 'wordId'], { unique: true })
@Index('connected_accounts_alias', ['projectId', 'userId', 'toolkit', 'alias'], {
  unique: true,
  where: 'alias IS NOT NULL',
})
@Index('connected_accounts_user', ['projectId', 'userId', 'toolkit'])
@Index('connected_accounts_newest', ['projectId', 'createdAt', 'id'])
@Index('connected_accounts_config', ['authConfigId'])
@Index('connected_accounts_unfinished', ['createdAt'], { where: 'connected_at IS NULL' })
@Index('connected_accounts_renew', ['refreshAt'], { where: `status = 'ACTIVE'` })
export class Connection {
  @PrimaryColumn('text')
  id!: string;

  @ForeignKey(() => Project, { name: 'connected_accounts_project_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text', { name: 'user_id' })
  userId!: string;

  @Column('text')
  toolkit!: string;

  @Column('text', { name: 'auth_config_id' })
  authConfigId!: string;

  @ManyToOne(() => AuthConfig, { onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'auth_config_id',
    foreignKeyConstraintName: 'connected_accounts_auth_config_id_fkey',
  })
  authConfig!: AuthConfig;

  @Column('text', { name: 'word_id' })
  wordId!: string;

  @Column('text', { nullable: true })
  alias!: string | null;

  @Column('text', { name: 'account_type' })
  accountType!: AccountType;

  /** Who besides its creator may use a SHARED account. */
  @Column('jsonb', { name: 'access_list' })
  accessList!: AccessList;

  @Column('text')
  status!: ConnectionStatus;

  @Column('text', { name: 'status_reason', nullable: true })
  statusReason!: string | null;

  @Column('text', { name: 'display_name', nullable: true })
  displayName!: string | null;

  @Column('text', { name: 'sealed_credential', nullable: true })
  sealedCredential!: string | null;

  /** The origins that its secrets may go to; null: connected before that was kept. */
  @Column('text', { name: 'bound_to', array: true, nullable: true })
  boundTo!: readonly string[] | null;

  /** When the sweep refreshes the credential, if it can be refreshed. */
  @Column({ type: 'timestamptz', name: 'renew_at', precision: 3, nullable: true })
  refreshAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;

  @Column({ type: 'timestamptz', name: 'connected_at', precision: 3, nullable: true })
  connectedAt!: Date | null;
}
