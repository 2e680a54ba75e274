import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What is known of a session's sandbox beside its files. `live`: a replica runs it, or did when it died.
 * `stored`: it was suspended.
 */
@Entity('workspaces')
@Index('workspaces_project', ['projectId'])
@Index('workspaces_key', ['keySha256'], { unique: true })
export class Workspace {
  @PrimaryColumn('text', { name: 'session_id' })
  sessionId!: string;

  @Column('text', { name: 'project_id' })
  projectId!: string;

  @Column('text')
  state!: 'live' | 'stored';

  /** The replica that runs it, as long as its lease lasts. */
  @Column('text')
  owner!: string;

  @Column({ type: 'timestamptz', name: 'leased_until', precision: 3 })
  leasedUntil!: Date;

  /** Hash of the key with which its helpers call the gateway; null while nothing runs. */
  @Column('text', { name: 'key_sha256', nullable: true })
  keySha256!: string | null;

  /** The sandbox that holds the key. */
  @Column('text', { name: 'sandbox_id', nullable: true })
  sandboxId!: string | null;

  /** Whether there is an archive of its home. */
  @Column('boolean', { name: 'has_archive' })
  hasArchive!: boolean;

  /** The archive's size, packed. */
  @Column('bigint', { name: 'archive_bytes', default: 0, transformer: { from: Number, to: String } })
  archiveBytes!: number;

  /** Whether nothing was run in it since the archive was made. */
  @Column('boolean', { name: 'is_archive_current', default: false })
  isArchiveCurrent!: boolean;

  /** Variables that are not in the archive, each with the reason. */
  @Column('jsonb')
  lost!: Record<string, string>;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
