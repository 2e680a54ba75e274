import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Usage without its users, who are many: most questions do not ask for them. And failures of a tool or a toolkit. */
export class SumUsageByDay1764800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE usage_by_day (
        project_id text NOT NULL,
        day date NOT NULL,
        toolkit text NOT NULL,
        calls bigint NOT NULL,
        failed bigint NOT NULL,
        duration_ms bigint NOT NULL,
        PRIMARY KEY (project_id, day, toolkit)
      );
      INSERT INTO usage_by_day (project_id, day, toolkit, calls, failed, duration_ms)
      SELECT project_id, day, toolkit, sum(calls), sum(failed), sum(duration_ms)
      FROM usage GROUP BY project_id, day, toolkit;
      CREATE INDEX calls_unsuccessful_tool ON calls (project_id, tool_slug, started_at DESC, id DESC)
        WHERE status <> 'success';
      CREATE INDEX calls_unsuccessful_toolkit ON calls (project_id, toolkit, started_at DESC, id DESC)
        WHERE status <> 'success';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX calls_unsuccessful_toolkit, calls_unsuccessful_tool;
      DROP TABLE usage_by_day;
    `);
  }
}
