import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/**
 * A person's key, kept by its hash as those of projects are. In a table of its own: a row of `api_keys` without a
 * project is the organisation's key.
 */
@Entity('user_keys')
@Index('user_keys_sha256', ['sha256'], { unique: true })
@Index('user_keys_person', ['personId'])
export class UserKey {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'person_id' })
  @ForeignKey(() => Person, { name: 'user_keys_person_id_fkey', onDelete: 'CASCADE' })
  personId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  sha256!: string;

  @Column('text')
  hint!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, nullable: true })
  expiresAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true })
  revokedAt!: Date | null;

  /** To about five minutes; null: never. */
  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true })
  lastUsedAt!: Date | null;
}
