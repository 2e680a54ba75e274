import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Connection } from '../connections/connection.entity.js';

/** A browser on its way to the provider and back. The row is gone once its state was used. */
@Entity('sign_ins')
@Index('sign_ins_connection', ['connectionId'])
export class SignIn {
  @PrimaryColumn('text', { name: 'state_sha256' })
  stateSha256!: string;

  @Column('text', { name: 'connection_id' })
  connectionId!: string;

  @ManyToOne(() => Connection, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'connection_id', foreignKeyConstraintName: 'sign_ins_connection_id_fkey' })
  connection!: Connection;

  /** PKCE, RFC 7636. */
  @Column('text', { name: 'sealed_code_verifier' })
  sealedCodeVerifier!: string;

  /** Exactly what was sent to the provider: the exchange must repeat it. */
  @Column('text', { name: 'redirect_uri' })
  redirectUri!: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
