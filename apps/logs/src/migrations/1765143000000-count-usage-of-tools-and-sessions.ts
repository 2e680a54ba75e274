import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Usage by tool instead of by toolkit alone, and of sessions. What was counted before is counted again where all of its
 * calls are still there; else their tool stays unknown.
 */
export class CountUsageOfToolsAndSessions1765143000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE usage_by_day ADD tool_slug text NOT NULL DEFAULT '';
      ALTER TABLE usage_by_day ALTER tool_slug DROP DEFAULT;
      ALTER TABLE usage_by_day DROP CONSTRAINT usage_by_day_pkey,
        ADD PRIMARY KEY (project_id, day, toolkit, tool_slug);
      WITH counted AS (
        SELECT project_id, (started_at AT TIME ZONE 'UTC')::date AS day, toolkit, tool_slug, count(*) AS calls,
          count(*) FILTER (WHERE status = 'failed') AS failed, sum(duration_ms) AS duration_ms
        FROM calls WHERE status <> 'running' GROUP BY 1, 2, 3, 4
      ), whole AS (
        DELETE FROM usage_by_day before
        USING (SELECT project_id, day, toolkit, sum(calls) AS calls FROM counted GROUP BY 1, 2, 3) again
        WHERE (before.project_id, before.day, before.toolkit, before.calls)
          = (again.project_id, again.day, again.toolkit, again.calls)
        RETURNING before.project_id, before.day, before.toolkit
      )
      INSERT INTO usage_by_day (project_id, day, toolkit, tool_slug, calls, failed, duration_ms)
      SELECT project_id, day, toolkit, tool_slug, calls, failed, duration_ms
      FROM counted JOIN whole USING (project_id, day, toolkit);

      CREATE TABLE session_usage (
        project_id text NOT NULL,
        day date NOT NULL,
        user_id text NOT NULL,
        sessions bigint NOT NULL,
        PRIMARY KEY (project_id, day, user_id)
      );
      INSERT INTO session_usage (project_id, day, user_id, sessions)
      SELECT project_id, (at AT TIME ZONE 'UTC')::date, user_id, count(*)
      FROM events WHERE subject = 'events.sessions.session.created' AND user_id IS NOT NULL
      GROUP BY 1, 2, 3;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE session_usage;
      TRUNCATE usage_by_day;
      ALTER TABLE usage_by_day DROP COLUMN tool_slug, ADD PRIMARY KEY (project_id, day, toolkit);
      INSERT INTO usage_by_day (project_id, day, toolkit, calls, failed, duration_ms)
      SELECT project_id, day, toolkit, sum(calls), sum(failed), sum(duration_ms)
      FROM usage GROUP BY project_id, day, toolkit;
    `);
  }
}
