import type { AuthScheme } from '@patchbay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Project } from '../projects/project.entity.js';

/** How a toolkit is authenticated in a project. */
@Entity('auth_configs')
@Index('auth_configs_one_managed', ['projectId', 'toolkit'], { unique: true, where: 'is_managed' })
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

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
