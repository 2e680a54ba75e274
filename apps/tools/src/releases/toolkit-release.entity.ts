import { Column, Entity, PrimaryColumn } from 'typeorm';

/** From when on a toolkit of this installation was as its content says. */
@Entity('toolkit_releases')
export class ToolkitRelease {
  @PrimaryColumn('text')
  slug!: string;

  @PrimaryColumn({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  since!: Date;

  @Column('text', { name: 'content_sha256' })
  contentSha256!: string;
}

/** The tools of a toolkit as they were shown and run. Kept for good: a session may be as old as the first of them. */
@Entity('toolkit_contents')
export class ToolkitContent {
  @PrimaryColumn('text', { name: 'sha256' })
  sha256!: string;

  /** JSON, compressed. */
  @Column('bytea')
  content!: Buffer;
}
