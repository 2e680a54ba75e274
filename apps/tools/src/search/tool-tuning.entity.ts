import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a project says of one of its tools for searching. */
@Entity('tool_tunings')
export class ToolTuningRow {
  @PrimaryColumn('text', { name: 'project_id' })
  projectId!: string;

  @PrimaryColumn('text', { name: 'tool_slug' })
  toolSlug!: string;

  @Column('text')
  toolkit!: string;

  @Column('text', { array: true })
  aliases!: string[];

  @Column('real')
  boost!: number;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}
