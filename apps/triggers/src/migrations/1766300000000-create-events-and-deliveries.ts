import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateEventsAndDeliveries1766300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE events (
        id text PRIMARY KEY,
        position bigserial NOT NULL,
        project_id text NOT NULL,
        type text NOT NULL,
        source text NOT NULL,
        source_key text NOT NULL,
        instance_id text,
        trigger_slug text,
        toolkit text,
        connection_id text,
        auth_config_id text,
        user_id text,
        at timestamptz(3) NOT NULL,
        stored_at timestamptz(3) NOT NULL DEFAULT now(),
        metadata json NOT NULL,
        data json NOT NULL,
        is_clipped boolean NOT NULL DEFAULT false
      );
      CREATE UNIQUE INDEX events_source ON events (source, source_key);
      CREATE INDEX events_order ON events (project_id, position);
      CREATE INDEX events_age ON events (stored_at);

      CREATE TABLE webhook_subscriptions (
        id text PRIMARY KEY,
        project_id text NOT NULL,
        url text NOT NULL,
        version text NOT NULL,
        enabled_events text[] NOT NULL,
        sealed_secret text NOT NULL,
        failing_since timestamptz(3),
        stopped_at timestamptz(3),
        last_error text,
        last_delivered_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        leased_by text,
        leased_until timestamptz(3)
      );
      CREATE UNIQUE INDEX webhook_subscriptions_project ON webhook_subscriptions (project_id);

      CREATE TABLE deliveries (
        id text PRIMARY KEY,
        event_id text NOT NULL REFERENCES events ON DELETE CASCADE,
        project_id text NOT NULL,
        subscription_id text NOT NULL REFERENCES webhook_subscriptions ON DELETE CASCADE,
        state text NOT NULL DEFAULT 'waiting',
        attempts integer NOT NULL DEFAULT 0,
        next_at timestamptz(3) DEFAULT now(),
        begun_at timestamptz(3) NOT NULL DEFAULT now(),
        tries integer NOT NULL DEFAULT 0,
        status integer,
        error text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        finished_at timestamptz(3)
      );
      CREATE UNIQUE INDEX deliveries_event ON deliveries (event_id);
      CREATE INDEX deliveries_subscription ON deliveries (subscription_id);
      CREATE INDEX deliveries_due ON deliveries (subscription_id, next_at) WHERE state = 'waiting';
      CREATE INDEX deliveries_newest ON deliveries (project_id, created_at, id);

      CREATE TABLE delivery_attempts (
        delivery_id text NOT NULL REFERENCES deliveries ON DELETE CASCADE,
        number integer NOT NULL,
        at timestamptz(3) NOT NULL,
        duration_ms integer NOT NULL,
        url text NOT NULL,
        version text NOT NULL,
        request_headers json NOT NULL,
        status integer,
        response_headers json,
        response_body text,
        error text,
        PRIMARY KEY (delivery_id, number)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE delivery_attempts, deliveries, webhook_subscriptions, events');
  }
}
