import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** In a table of its own, so that nothing that reads people reads it along. */
@Entity('passwords')
export class PersonPassword {
  @PrimaryColumn('text', { name: 'person_id' })
  @ForeignKey(() => Person, { name: 'passwords_person_id_fkey', onDelete: 'CASCADE' })
  personId!: string;

  /** Argon2id in PHC's string format, with its salt and costs. */
  @Column('text')
  hash!: string;

  @Column({ type: 'timestamptz', name: 'changed_at', precision: 3, default: () => 'now()' })
  changedAt!: Date;
}
