import type { DeclaredAuth, RegistryServerRef } from '@patchbay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ToolkitDefinition } from '../imports/index.js';

/** Where a toolkit came from. The document itself is not kept: its definition is all of it that is used. */
export interface KeptSource {
  type: 'openapi' | 'mcp' | 'stdio';
  /** Of a program its package URL; the program itself is in the definition. */
  url: string | null;
  baseUrl?: string | undefined;
  /** What the project itself said of a server's sign-in, and the logo that it gave. */
  auth?: DeclaredAuth[] | undefined;
  logo?: string | undefined;
  /** The entry of a registry that says its address and its sign-in. */
  registry?: Required<RegistryServerRef> | undefined;
  /** It ships as a vendor's MCP server, and is this project's since somebody began to connect an account. */
  ships?: true | undefined;
}

/** A toolkit that a project added for itself. */
@Entity('project_toolkits')
export class ProjectToolkit {
  @PrimaryColumn('text', { name: 'project_id' })
  projectId!: string;

  @PrimaryColumn('text')
  slug!: string;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('jsonb')
  source!: KeptSource;

  /** As the source was read last, approved or not. */
  @Column('jsonb')
  latest!: ToolkitDefinition;

  /** The digest of the definition that somebody refused: while `latest` is that one, it is not asked about. */
  @Column('text', { nullable: true })
  refused!: string | null;

  /** Why the source could not be read last time. */
  @Column('text', { nullable: true })
  problem!: string | null;

  /** When the source was read last, or is being read. */
  @Column({ type: 'timestamptz', name: 'read_at', precision: 3, default: () => 'now()' })
  readAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}

/** A definition as it was approved: sessions go on with the one they began with. */
@Entity('project_toolkit_versions')
@Index('project_toolkit_versions_age', ['projectId', 'slug', 'approvedAt'])
export class ProjectToolkitVersion {
  @PrimaryColumn('text', { name: 'project_id' })
  projectId!: string;

  @PrimaryColumn('text')
  slug!: string;

  @PrimaryColumn('text')
  version!: string;

  @Column('jsonb')
  definition!: ToolkitDefinition;

  @Column({ type: 'timestamptz', name: 'approved_at', precision: 3, default: () => 'now()' })
  approvedAt!: Date;
}
