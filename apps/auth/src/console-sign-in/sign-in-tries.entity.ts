import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Wrong passwords for one address, whether or not anybody has it: else the limit would tell. */
@Entity('sign_in_tries')
@Index('sign_in_tries_expiry', ['expiresAt'])
export class SignInTries {
  @PrimaryColumn('text', { name: 'email_sha256' })
  emailSha256!: string;

  @Column('integer')
  failures!: number;

  @Column({ type: 'timestamptz', name: 'last_at', precision: 3 })
  lastAt!: Date;

  /** When they are forgotten. */
  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
