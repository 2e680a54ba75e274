import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The hash of a key that was revoked, kept for ever: no way of adding keys brings it back. */
@Entity('revoked_keys')
export class RevokedKey {
  @PrimaryColumn('text')
  sha256!: string;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, default: () => 'now()' })
  revokedAt!: Date;
}
