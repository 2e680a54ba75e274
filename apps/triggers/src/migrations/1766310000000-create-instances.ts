import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Instances with where their polling stands, hooks at providers, and the addresses of OAuth apps. */
export class CreateInstances1766310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE trigger_instances (
        id text PRIMARY KEY,
        project_id text NOT NULL,
        user_id text NOT NULL,
        connection_id text NOT NULL,
        auth_config_id text NOT NULL,
        toolkit text NOT NULL,
        trigger_slug text NOT NULL,
        version text NOT NULL,
        config json NOT NULL,
        config_sha256 text NOT NULL,
        mechanism text NOT NULL,
        app_client_id text,
        data json,
        disabled_at timestamptz(3),
        disabled_reason text,
        interval_seconds integer NOT NULL,
        cursor json,
        next_poll_at timestamptz(3),
        lease_token uuid,
        failures integer NOT NULL DEFAULT 0,
        last_error text,
        last_polled_at timestamptz(3),
        last_event_at timestamptz(3),
        enabled_at timestamptz(3) NOT NULL DEFAULT now(),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX trigger_instances_same
        ON trigger_instances (project_id, connection_id, trigger_slug, config_sha256);
      CREATE INDEX trigger_instances_project ON trigger_instances (project_id, created_at, id);
      CREATE INDEX trigger_instances_connection ON trigger_instances (connection_id);
      CREATE INDEX trigger_instances_due ON trigger_instances (next_poll_at) WHERE next_poll_at IS NOT NULL;
      CREATE INDEX trigger_instances_pushed ON trigger_instances (project_id, toolkit)
        WHERE mechanism = 'webhook' AND disabled_at IS NULL;

      CREATE TABLE trigger_hooks (
        id text PRIMARY KEY,
        token_sha256 text NOT NULL,
        project_id text NOT NULL,
        instance_id text NOT NULL,
        user_id text NOT NULL,
        connection_id text NOT NULL,
        toolkit text NOT NULL,
        trigger_slug text NOT NULL,
        config json NOT NULL,
        state text NOT NULL,
        sealed_secrets text NOT NULL,
        data json,
        shaken_at timestamptz(3),
        expires_at timestamptz(3),
        next_try_at timestamptz(3),
        tries integer NOT NULL DEFAULT 0,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX trigger_hooks_token ON trigger_hooks (token_sha256);
      CREATE INDEX trigger_hooks_instance ON trigger_hooks (instance_id);
      CREATE INDEX trigger_hooks_due ON trigger_hooks (next_try_at) WHERE next_try_at IS NOT NULL;

      CREATE TABLE webhook_endpoints (
        id text PRIMARY KEY,
        project_id text NOT NULL,
        toolkit text NOT NULL,
        client_id text NOT NULL,
        sealed_data text,
        shaken_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX webhook_endpoints_app ON webhook_endpoints (project_id, toolkit, client_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_endpoints, trigger_hooks, trigger_instances');
  }
}
