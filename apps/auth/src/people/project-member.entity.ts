import type { Role } from '@patchbay/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Project } from '../projects/index.js';
import { Person } from './person.entity.js';

/** A person's role in one project. */
@Entity('project_members')
@Index('project_members_project', ['projectId'])
@Check('project_members_role', `role IN ('viewer', 'developer', 'owner')`)
export class ProjectMember {
  @PrimaryColumn('text', { name: 'person_id' })
  @ForeignKey(() => Person, { name: 'project_members_person_id_fkey', onDelete: 'CASCADE' })
  personId!: string;

  @PrimaryColumn('text', { name: 'project_id' })
  @ForeignKey(() => Project, { name: 'project_members_project_id_fkey', onDelete: 'CASCADE' })
  projectId!: string;

  @Column('text')
  role!: Role;
}
