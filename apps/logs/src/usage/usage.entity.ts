import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What a project's calls of a toolkit came to on a day (UTC), whoever made them. Kept when the calls themselves are
 * past their retention.
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

/** The same of each user: many times as many rows. */
@Entity('usage')
export class Usage extends UsageByDay {
  @PrimaryColumn('text', { name: 'user_id' })
  userId!: string;
}
