import type { TransferKey as PublicKey } from '@patchbay/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A key of the installation that developers seal secrets to before they send them. */
@Entity('transfer_keys')
@Index('transfer_keys_expiry', ['expiresAt'])
export class TransferKey {
  @PrimaryColumn('text')
  kid!: string;

  @Column('jsonb', { name: 'public_key' })
  publicKey!: PublicKey;

  /** The private half as a JWK. */
  @Column('text', { name: 'sealed_key' })
  sealedKey!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  /** From then on nothing that was sealed to it is opened. */
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
