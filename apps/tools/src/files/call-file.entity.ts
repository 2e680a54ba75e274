import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file of a call. The row comes before the bytes, so that none are kept that nobody will delete. */
@Entity('call_files')
@Index('call_files_project', ['projectId', 'createdAt', 'id'])
@Index('call_files_age', ['createdAt'])
export class CallFile {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text')
  toolkit!: string;

  @Column('text', { name: 'tool_slug' })
  toolSlug!: string;

  @Column('text')
  key!: string;

  @Column('text')
  filename!: string;

  @Column('text')
  mimetype!: string;

  @Column('text')
  md5!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
