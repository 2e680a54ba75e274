import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from '../people/index.js';

/**
 * By what a provider knows a person: the issuer and its `sub`, which no other of its people ever gets (OpenID Connect Core 1.0,
 * section 5.7). An e-mail address may change hands.
 */
@Entity('person_identities')
@Index('person_identities_person', ['personId'])
export class PersonIdentity {
  @PrimaryColumn('text')
  issuer!: string;

  @PrimaryColumn('text')
  subject!: string;

  @Column('text', { name: 'person_id' })
  @ForeignKey(() => Person, { name: 'person_identities_person_id_fkey', onDelete: 'CASCADE' })
  personId!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
