import type { SessionScope } from '@patchbay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('saved_configs')
@Index('saved_configs_project', ['projectId', 'createdAt', 'id'])
@Index('saved_configs_name', ['projectId', 'name'], { unique: true })
export class SavedConfig {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('jsonb')
  scope!: SessionScope;

  @Column('boolean', { default: false })
  archived!: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}
