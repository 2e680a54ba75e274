import type { SignInWay } from '@patchbay/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** A browser in which a person is signed in to the console, known by the hash of its cookie. */
@Entity('console_sessions')
@Index('console_sessions_sha256', ['sha256'], { unique: true })
@Index('console_sessions_person', ['personId'])
@Index('console_sessions_expiry', ['expiresAt'])
@Check('console_sessions_way', `signed_in_by IN ('link', 'password', 'oidc')`)
export class ConsoleSession {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'person_id' })
  @ForeignKey(() => Person, { name: 'console_sessions_person_id_fkey', onDelete: 'CASCADE' })
  personId!: string;

  @Column('text')
  sha256!: string;

  @Column('text', { name: 'signed_in_by' })
  signedInBy!: SignInWay;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'last_seen_at', precision: 3, default: () => 'now()' })
  lastSeenAt!: Date;

  /** Moves on with each use, up to the longest that a session may last. */
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
