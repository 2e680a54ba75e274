import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Grant } from './grant.entity.js';

export type TokenKind = 'code' | 'access' | 'refresh';

/** A code or token of a grant. Looked up by its hash. */
@Entity('mcp_tokens')
@Index('mcp_tokens_grant', ['grantId'])
@Index('mcp_tokens_expiry', ['expiresAt'])
export class GrantToken {
  @PrimaryColumn('text', { name: 'token_sha256' })
  tokenSha256!: string;

  @Column('text', { name: 'grant_id' })
  grantId!: string;

  @ManyToOne(() => Grant, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'grant_id', foreignKeyConstraintName: 'mcp_tokens_grant_id_fkey' })
  grant!: Grant;

  @Column('text')
  kind!: TokenKind;

  /** Of a code: what its exchange must prove and repeat. */
  @Column('text', { name: 'code_challenge', nullable: true })
  codeChallenge!: string | null;

  @Column('text', { name: 'redirect_uri', nullable: true })
  redirectUri!: string | null;

  /** Of what is good once: a second use means that two hold it. */
  @Column({ type: 'timestamptz', name: 'used_at', precision: 3, nullable: true })
  usedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
