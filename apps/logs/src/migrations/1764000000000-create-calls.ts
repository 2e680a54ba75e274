import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One row a call, partitioned by the day on which it started: retention drops partitions. A row of a
 * day whose partition is missing falls into the default one, so that none is ever refused.
 */
export class CreateCalls1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calls (
        id text NOT NULL,
        started_at timestamptz(3) NOT NULL,
        project_id text NOT NULL,
        user_id text NOT NULL,
        session_id text,
        request_id text NOT NULL,
        trace_id text,
        toolkit text NOT NULL,
        tool_slug text NOT NULL,
        parent jsonb,
        connection_id text,
        status text NOT NULL,
        finished_at timestamptz(3),
        duration_ms integer,
        error text,
        arguments jsonb NOT NULL,
        data jsonb,
        PRIMARY KEY (started_at, id)
      ) PARTITION BY RANGE (started_at);
      CREATE TABLE calls_default PARTITION OF calls DEFAULT;
      CREATE INDEX calls_project ON calls (project_id, started_at DESC, id DESC);
      CREATE INDEX calls_session ON calls (project_id, session_id, started_at DESC, id DESC);
      CREATE INDEX calls_user ON calls (project_id, user_id, started_at DESC, id DESC);
      CREATE INDEX calls_id ON calls (id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE calls');
  }
}
