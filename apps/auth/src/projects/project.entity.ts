import type { ProjectSettings } from '@patchbay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('projects')
@Index('projects_name', ['name'], { unique: true })
export class Project {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  /** Only what differs from the defaults, so that a new default reaches old projects. */
  @Column('jsonb')
  settings!: Partial<ProjectSettings>;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}
