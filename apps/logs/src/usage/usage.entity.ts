import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What all sums of calls have. They are kept when the calls themselves are past their retention; days are of UTC. */
abstract class CallSums {
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

/** A project's calls of a toolkit on a day, of all users together. */
@Entity('usage_by_day')
export class UsageByDay extends CallSums {}

/** The same by tool: a view of `tool_usage`, and of what only `usage_by_day` has. */
@Entity('usage_by_tool', { synchronize: false })
export class UsageByTool extends CallSums {
  /** Empty for calls that were not counted by tool. */
  @PrimaryColumn('text', { name: 'tool_slug' })
  toolSlug!: string;
}

/** The calls of a toolkit, for each user: many times as many rows. */
@Entity('usage')
export class Usage extends CallSums {
  @PrimaryColumn('text', { name: 'user_id' })
  userId!: string;
}

/** The sessions that were made for a user on a day. */
@Entity('session_usage')
export class SessionUsage {
  @PrimaryColumn('text', { name: 'project_id' })
  projectId!: string;

  @PrimaryColumn('date')
  day!: string;

  @PrimaryColumn('text', { name: 'user_id' })
  userId!: string;

  @Column('bigint')
  sessions!: string;
}
