import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many calls of a project that began within five minutes took about as long. */
@Entity('call_times')
export class CallTimes {
  @PrimaryColumn('text', { name: 'project_id' })
  projectId!: string;

  /** When the five minutes began. */
  @PrimaryColumn({ type: 'timestamptz', precision: 3 })
  at!: Date;

  /** Eighths of the logarithm to the base of two of the milliseconds: one is a twentieth off at most. */
  @PrimaryColumn('smallint')
  latency!: number;

  @Column('bigint')
  calls!: string;

  @Column('bigint')
  failed!: string;
}
