import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The events of sessions and accounts, usage by day, what could not be kept, and an index for every filter. */
export class ExtendRecord1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE calls ADD auth_config_id text, ADD sandbox_id text;
      CREATE INDEX calls_toolkit ON calls (project_id, toolkit, started_at DESC, id DESC);
      CREATE INDEX calls_tool ON calls (project_id, tool_slug, started_at DESC, id DESC);
      CREATE INDEX calls_connection ON calls (project_id, connection_id, started_at DESC, id DESC);
      CREATE INDEX calls_auth_config ON calls (project_id, auth_config_id, started_at DESC, id DESC);
      CREATE INDEX calls_request ON calls (request_id);
      CREATE INDEX calls_sandbox ON calls (project_id, sandbox_id, started_at DESC, id DESC)
        WHERE sandbox_id IS NOT NULL;
      CREATE INDEX calls_unsuccessful ON calls (project_id, started_at DESC, id DESC) WHERE status <> 'success';

      CREATE TABLE events (
        at timestamptz(3) NOT NULL,
        id text NOT NULL,
        project_id text NOT NULL,
        session_id text,
        user_id text,
        connection_id text,
        request_id text,
        subject text NOT NULL,
        data jsonb NOT NULL,
        PRIMARY KEY (at, id)
      ) PARTITION BY RANGE (at);
      CREATE TABLE events_default PARTITION OF events DEFAULT;
      CREATE INDEX events_session ON events (project_id, session_id, at, id) WHERE session_id IS NOT NULL;
      CREATE INDEX events_connection ON events (project_id, connection_id, at, id) WHERE connection_id IS NOT NULL;

      CREATE TABLE usage (
        project_id text NOT NULL,
        day date NOT NULL,
        user_id text NOT NULL,
        toolkit text NOT NULL,
        calls bigint NOT NULL,
        failed bigint NOT NULL,
        duration_ms bigint NOT NULL,
        PRIMARY KEY (project_id, day, user_id, toolkit)
      );

      CREATE TABLE rejected_events (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        subject text NOT NULL,
        sequence bigint NOT NULL,
        published_at timestamptz(3) NOT NULL,
        rejected_at timestamptz(3) NOT NULL DEFAULT now(),
        reason text NOT NULL,
        body text NOT NULL,
        CONSTRAINT rejected_events_place UNIQUE (published_at, sequence)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE rejected_events, usage, events;
      DROP INDEX calls_unsuccessful, calls_sandbox, calls_request, calls_auth_config, calls_connection, calls_tool,
        calls_toolkit;
      ALTER TABLE calls DROP sandbox_id, DROP auth_config_id;
    `);
  }
}
