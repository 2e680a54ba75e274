import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How much of the file storage the files of a project's calls take: kept along with their rows, never summed up. */
@Entity('file_usage')
export class FileUsage {
  @PrimaryColumn('text', { name: 'project_id' })
  projectId!: string;

  @Column('integer')
  files!: number;

  @Column('bigint')
  bytes!: string;
}
