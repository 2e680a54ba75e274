import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { Connection } from '../accounts/index.js';

/**
 * A refresh token that was sent to the provider, and the answer. The row is written before the token is sent, and
 * deleted in the transaction that stores the new one: a provider that rotates accepts the old token once, so an answer
 * must never be lost between the two.
 */
@Entity('refreshes')
export class Refresh {
  @PrimaryColumn('text', { name: 'connection_id' })
  connectionId!: string;

  @OneToOne(() => Connection, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'connection_id', foreignKeyConstraintName: 'refreshes_connection_id_fkey' })
  connection!: Connection;

  /** Of the credential that was sent. An answer for another one is of no use any more. */
  @Column('text', { name: 'stale_fingerprint' })
  staleFingerprint!: string;

  @Column({ type: 'timestamptz', name: 'asked_at', precision: 3, default: () => 'now()' })
  askedAt!: Date;

  @Column('text', { name: 'sealed_response', nullable: true })
  sealedResponse!: string | null;
}
