import type { ToolkitRegistration } from '@patchbay/contracts';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Project } from '../projects/index.js';

/** How a toolkit of a project's own authenticates. */
@Entity('project_toolkits')
export class ProjectToolkit {
  /** Project and slug: what its headers are sealed for. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'project_id' })
  @ForeignKey(() => Project, { name: 'project_toolkits_project_id_fkey', onDelete: 'CASCADE' })
  projectId!: string;

  @Column('text')
  slug!: string;

  @Column('jsonb')
  registration!: ToolkitRegistration;

  /** Headers that are sent with each request to its source. */
  @Column('text', { name: 'sealed_headers', nullable: true })
  sealedHeaders!: string | null;

  /** The origin that they are for. */
  @Column('text', { name: 'headers_for', nullable: true })
  headersFor!: string | null;
}

export function toolkitKey(projectId: string, slug: string): string {
  return `${projectId} ${slug}`;
}
