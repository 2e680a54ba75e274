import type { KeyAreas } from '@patchbay/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Project } from './project.entity.js';

/** A key is looked up by its hash; the key itself is nowhere kept. */
@Entity('api_keys')
@Index('api_keys_sha256', ['sha256'], { unique: true })
@Index('api_keys_project', ['projectId'])
export class ApiKey {
  @PrimaryColumn('text')
  id!: string;

  /** Null for an organisation key. */
  @Column('text', { name: 'project_id', nullable: true })
  @ForeignKey(() => Project, { name: 'api_keys_project_id_fkey', onDelete: 'CASCADE' })
  projectId!: string | null;

  @Column('text')
  name!: string;

  @Column('text')
  sha256!: string;

  /** The key's first and last characters, for people to tell keys apart. */
  @Column('text')
  hint!: string;

  /** Null for a key that may do all that its project may. */
  @Column('jsonb', { nullable: true })
  areas!: KeyAreas | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true })
  revokedAt!: Date | null;

  /** To about five minutes; null: never. */
  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true })
  lastUsedAt!: Date | null;
}
