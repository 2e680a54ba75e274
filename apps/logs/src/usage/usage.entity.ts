import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A project's calls of a toolkit on a day (UTC), of all users together. Kept when the calls themselves are past
 * their retention.
 */
@Entity('usage_by_day')
export class UsageByDay {
  @PrimaryColumn('text', { name: 'project_id' })
  projectId!: string;

  @PrimaryColumn('date')
  day!: string;

  @PrimaryColumn('text')
  toolkit!: string;

  @Column('bigint')
  calls!: string;

  @Column('bigint')
  failed!: string;

  @Column('bigint', { name: 'duration_ms' })
  durationMs!: string;
}

/** The same for each user: many times as many rows. */
@Entity('usage')
export class Usage extends UsageByDay {
  @PrimaryColumn('text', { name: 'user_id' })
  userId!: string;
}
