import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Has one row, which the migration makes: an installation is one organisation's. */
@Entity('organisations')
export class Organisation {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
