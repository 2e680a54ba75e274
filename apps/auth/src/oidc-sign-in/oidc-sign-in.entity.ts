import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A sign-in at the operator's provider that has begun. The row is deleted when its state is used. */
@Entity('oidc_sign_ins')
@Index('oidc_sign_ins_expiry', ['expiresAt'])
export class OidcSignIn {
  @PrimaryColumn('text', { name: 'state_sha256' })
  stateSha256!: string;

  /** In which it began: it ends nowhere else. */
  @Column('text', { name: 'browser_sha256' })
  browserSha256!: string;

  /** The PKCE verifier and the nonce, which the browser must not see. */
  @Column('text', { name: 'sealed_secrets' })
  sealedSecrets!: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
