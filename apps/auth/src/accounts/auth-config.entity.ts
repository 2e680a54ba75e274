import type { AuthScheme } from '@patchbay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Project } from '../projects/index.js';

/** What of a config is neither a credential nor a switch; null: the toolkit's own, or no restriction. */
export interface AuthConfigSettings {
  scopes: string[] | null;
  userScopes: string[] | null;
  allowedTools: string[] | null;
  toolsForConnecting: string[] | null;
}

/** How a toolkit is authenticated in a project. */
@Entity('auth_configs')
@Index('auth_configs_toolkit', ['projectId', 'toolkit'])
@Index('auth_configs_newest', ['projectId', 'createdAt', 'id'])
export class AuthConfig {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  @ForeignKey(() => Project, { name: 'auth_configs_project_id_fkey', onDelete: 'CASCADE' })
  projectId!: string;

  @Column('text')
  toolkit!: string;

  @Column('text', { name: 'auth_scheme' })
  authScheme!: AuthScheme;

  /** True: the operator's own OAuth app is used, from the overrides file. */
  @Column('boolean', { name: 'is_managed' })
  isManaged!: boolean;

  @Column('text')
  name!: string;

  @Column('boolean')
  enabled!: boolean;

  /** Of a custom config: the developer's app. */
  @Column('text', { name: 'sealed_credentials', nullable: true })
  sealedCredentials!: string | null;

  /** The origins that these credentials may go to; null: given before that was kept. */
  @Column('text', { name: 'bound_to', array: true, nullable: true })
  boundTo!: readonly string[] | null;

  @Column('jsonb')
  settings!: AuthConfigSettings;

  @Column('boolean', { name: 'is_enabled_for_sessions' })
  isEnabledForSessions!: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}
