import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The hash of a revoked key, kept for ever, so that the key cannot be added again in any way. */
@Entity('revoked_keys')
export class RevokedKey {
  @PrimaryColumn('text')
  sha256!: string;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, default: () => 'now()' })
  revokedAt!: Date;
}
