import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long calls took, by five minutes: what an overview shows of a million calls at once. */
export class CountCallTimes1766050000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE call_times (
        project_id text NOT NULL,
        at timestamptz(3) NOT NULL,
        latency smallint NOT NULL,
        calls bigint NOT NULL,
        failed bigint NOT NULL,
        PRIMARY KEY (project_id, at, latency)
      );
      INSERT INTO call_times (project_id, at, latency, calls, failed)
      SELECT project_id, date_bin('5 minutes', started_at, 'epoch'), round(log(2, greatest(duration_ms, 1)::numeric) * 8)::smallint,
        count(*), count(*) FILTER (WHERE status = 'failed')
      FROM calls WHERE status <> 'running' AND duration_ms IS NOT NULL GROUP BY 1, 2, 3;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE call_times');
  }
}
