import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a user's calls of a toolkit came to on a day (UTC). Kept when the calls themselves are past their retention. */
@Entity('usage')
export class Usage {
  @PrimaryColumn('text', { name: 'project_id' })
  projectId!: string;

  @PrimaryColumn('date')
  day!: string;

  @PrimaryColumn('text', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('text')
  toolkit!: string;

  @Column('bigint')
  calls!: string;

  @Column('bigint')
  failed!: string;

  @Column('bigint', { name: 'duration_ms' })
  durationMs!: string;
}
