import type { CliScope } from '@patchbay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person, UserKey } from '../people/index.js';
import { Project } from '../projects/index.js';

/** A command line's sign-in, looked up by the hash of its id. */
@Entity('cli_sessions')
@Index('cli_sessions_expiry', ['expiresAt'])
export class CliSession {
  @PrimaryColumn('text', { name: 'id_sha256' })
  idSha256!: string;

  @Column('text')
  code!: string;

  @Column('text')
  scope!: CliScope;

  @Column('text', { nullable: true })
  source!: string | null;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  /** Who has signed it in; null until somebody has. */
  @Column('text', { name: 'person_id', nullable: true })
  @ForeignKey(() => Person, { name: 'cli_sessions_person_id_fkey', onDelete: 'CASCADE' })
  personId!: string | null;

  /** The key by which they said who they are. */
  @Column('text', { name: 'linked_by', nullable: true })
  @ForeignKey(() => UserKey, { name: 'cli_sessions_linked_by_fkey', onDelete: 'CASCADE' })
  linkedBy!: string | null;

  /** For which a key is wanted, when one of a project is. */
  @Column('text', { name: 'project_id', nullable: true })
  @ForeignKey(() => Project, { name: 'cli_sessions_project_id_fkey', onDelete: 'CASCADE' })
  projectId!: string | null;

  /** The key's id that the command line was given. */
  @Column('text', { name: 'made_key', nullable: true })
  madeKey!: string | null;

  @Column({ type: 'timestamptz', name: 'collected_at', precision: 3, nullable: true })
  collectedAt!: Date | null;
}
