import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Usage by tool beside that by toolkit, and of sessions. The calls that are still there are counted by tool; those of a
 * toolkit that are counted by no tool, of an unknown one: they are gone, or a version before counted them.
 */
export class CountUsageOfToolsAndSessions1765143000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tool_usage (
        project_id text NOT NULL,
        day date NOT NULL,
        toolkit text NOT NULL,
        tool_slug text NOT NULL,
        calls bigint NOT NULL,
        failed bigint NOT NULL,
        duration_ms bigint NOT NULL,
        PRIMARY KEY (project_id, day, toolkit, tool_slug)
      );
      INSERT INTO tool_usage (project_id, day, toolkit, tool_slug, calls, failed, duration_ms)
      SELECT project_id, (started_at AT TIME ZONE 'UTC')::date, toolkit, tool_slug, count(*),
        count(*) FILTER (WHERE status = 'failed'), sum(duration_ms)
      FROM calls WHERE status <> 'running' GROUP BY 1, 2, 3, 4;
      CREATE VIEW usage_by_tool AS
        SELECT project_id, day, toolkit, tool_slug, calls, failed, duration_ms FROM tool_usage
        UNION ALL
        SELECT project_id, day, toolkit, '', usage_by_day.calls - known.calls, usage_by_day.failed - known.failed,
          usage_by_day.duration_ms - known.duration_ms
        FROM usage_by_day, LATERAL (
          SELECT coalesce(sum(calls), 0) AS calls, coalesce(sum(failed), 0) AS failed,
            coalesce(sum(duration_ms), 0) AS duration_ms
          FROM tool_usage
          WHERE (tool_usage.project_id, tool_usage.day, tool_usage.toolkit)
            = (usage_by_day.project_id, usage_by_day.day, usage_by_day.toolkit)
        ) known
        WHERE usage_by_day.calls > known.calls;

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
      DROP VIEW usage_by_tool;
      DROP TABLE session_usage, tool_usage;
    `);
  }
}
