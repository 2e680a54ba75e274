import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ConnectLink } from '../accounts/index.js';

/** A sign-in that the provider has answered, and whose user the developer's app still has to confirm. Deleted when it has. */
@Entity('unverified_sign_ins')
@Index('unverified_sign_ins_link', ['linkTokenSha256'])
@Index('unverified_sign_ins_expiry', ['expiresAt'])
export class UnverifiedSignIn {
  @PrimaryColumn('text', { name: 'session_sha256' })
  sessionSha256!: string;

  @Column('text', { name: 'link_token_sha256' })
  linkTokenSha256!: string;

  @ManyToOne(() => ConnectLink, { onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'link_token_sha256',
    foreignKeyConstraintName: 'unverified_sign_ins_link_token_sha256_fkey',
  })
  link!: ConnectLink;

  /** What the sign-in remembered, and the provider's answer: no token, as its code was not exchanged yet. */
  @Column('text', { name: 'sealed_secrets' })
  sealedSecrets!: string;

  @Column('text', { name: 'redirect_uri' })
  redirectUri!: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
