import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ConnectLink } from '../accounts/index.js';

/** A sign-in at the provider that has begun. The row is deleted when its state is used. */
@Entity('sign_ins')
@Index('sign_ins_link', ['linkTokenSha256'])
@Index('sign_ins_expiry', ['expiresAt'])
export class SignIn {
  @PrimaryColumn('text', { name: 'state_sha256' })
  stateSha256!: string;

  @Column('text', { name: 'link_token_sha256' })
  linkTokenSha256!: string;

  @ManyToOne(() => ConnectLink, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'link_token_sha256', foreignKeyConstraintName: 'sign_ins_link_token_sha256_fkey' })
  link!: ConnectLink;

  /** What the exchange will need and the browser must not see: a PKCE verifier, a client, a request token. */
  @Column('text', { name: 'sealed_secrets' })
  sealedSecrets!: string;

  /** Exactly what was sent to the provider: the exchange must repeat it. */
  @Column('text', { name: 'redirect_uri' })
  redirectUri!: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
