import type { Role } from '@patchbay/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('people')
@Index('people_email', ['email'], { unique: true })
@Check('people_role', `role IN ('viewer', 'developer', 'owner')`)
export class Person {
  @PrimaryColumn('text')
  id!: string;

  /** Lower case. */
  @Column('text')
  email!: string;

  @Column('text')
  name!: string;

  /** In the organisation; null for who is in some of its projects only. */
  @Column('text', { nullable: true })
  role!: Role | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}
