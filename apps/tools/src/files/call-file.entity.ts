import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file of a call. The row comes before the bytes, so that none are kept that are never deleted. */
@Entity('call_files')
@Index('call_files_project', ['projectId', 'createdAt', 'id'])
@Index('call_files_age', ['createdAt'])
@Index('call_files_open', ['uploadUntil'], { where: 'upload_until IS NOT NULL' })
@Index('call_files_open_of_project', ['projectId', 'size'], { where: 'upload_until IS NOT NULL' })
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

  /** Of a staged file whose size is not known yet: as large as it may be. */
  @Column('bigint', { default: 0, transformer: { from: Number, to: (size: number) => size } })
  size!: number;

  /** Of a staged file: until when it may come in. */
  @Column({ type: 'timestamptz', name: 'upload_until', precision: 3, nullable: true })
  uploadUntil!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
