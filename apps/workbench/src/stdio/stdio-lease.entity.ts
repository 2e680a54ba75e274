import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which replica runs the process of an owner, as long as the lease lasts. The key tells nothing of whose it is. */
@Entity('stdio_leases')
export class StdioLease {
  @PrimaryColumn('text', { name: 'owner_key' })
  ownerKey!: string;

  @Column('text')
  replica!: string;

  @Column({ type: 'timestamptz', name: 'leased_until', precision: 3 })
  leasedUntil!: Date;
}
