import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('projects')
@Index('projects_name', ['name'], { unique: true })
export class Project {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  /** What end users see on the Connect pages; the name stands in for it. */
  @Column('text', { name: 'display_name', nullable: true })
  displayName!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
