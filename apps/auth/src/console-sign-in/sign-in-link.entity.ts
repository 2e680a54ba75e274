import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from '../people/index.js';

/** A link by which a person signs in; its row goes with its use. */
@Entity('sign_in_links')
@Index('sign_in_links_person', ['personId'])
@Index('sign_in_links_expiry', ['expiresAt'])
export class SignInLink {
  @PrimaryColumn('text', { name: 'token_sha256' })
  tokenSha256!: string;

  @Column('text', { name: 'person_id' })
  @ForeignKey(() => Person, { name: 'sign_in_links_person_id_fkey', onDelete: 'CASCADE' })
  personId!: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
