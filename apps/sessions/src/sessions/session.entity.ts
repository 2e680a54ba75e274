import type { SessionConfig } from '@patchbay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('sessions')
@Index('sessions_user', ['projectId', 'userId', 'createdAt'])
// Made by the migration alone: TypeORM cannot declare descending columns, nor how a text is compared.
@Index('sessions_project', { synchronize: false })
@Index('sessions_user_prefix', { synchronize: false })
export class Session {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text', { name: 'user_id' })
  userId!: string;

  @Column('jsonb')
  config!: SessionConfig;

  @Column('integer', { name: 'config_version', default: 1 })
  configVersion!: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}
