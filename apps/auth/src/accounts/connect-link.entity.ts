import type { AccountLimit } from '@patchbay/contracts';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Connection } from './connection.entity.js';

/** The right to sign in for one connection. Looked up by its token's hash. */
@Entity('connect_links')
@Index('connect_links_connection', ['connectionId'])
@Index('connect_links_expiry', ['expiresAt'])
@Index('connect_links_open', ['projectId', 'userId'], { where: 'used_at IS NULL' })
@Index('connect_links_session', ['projectId', 'sessionId'], { where: 'session_id IS NOT NULL' })
export class ConnectLink {
  @PrimaryColumn('text', { name: 'token_sha256' })
  tokenSha256!: string;

  @Column('text', { name: 'connection_id' })
  connectionId!: string;

  @ManyToOne(() => Connection, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'connection_id', foreignKeyConstraintName: 'connect_links_connection_id_fkey' })
  connection!: Connection;

  /** Whose it is, so that the open ones of a user are counted without their accounts. */
  @Column('text', { name: 'project_id', default: '' })
  projectId!: string;

  @Column('text', { name: 'user_id', default: '' })
  userId!: string;

  /** The session that it was made in: it ends with it. */
  @Column('text', { name: 'session_id', nullable: true })
  sessionId!: string | null;

  /** What was known of the form's fields when the link was made, and what the person filled in since. */
  @Column('text', { name: 'sealed_values' })
  sealedValues!: string;

  /** The developer's page to send the browser to at the end. */
  @Column('text', { name: 'callback_url', nullable: true })
  callbackUrl!: string | null;

  /** Links that were made at the same time must not make more accounts together than each alone. */
  @Column('jsonb', { name: 'account_limit', nullable: true })
  accountLimit!: AccountLimit | null;

  /** When a sign-in through it ended, one way or the other. */
  @Column({ type: 'timestamptz', name: 'used_at', precision: 3, nullable: true })
  usedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
