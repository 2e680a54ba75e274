import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is revoked at once after a leak, and what is still to be revoked at providers. */
export class CreateIncidents1766200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE incidents (
        id text PRIMARY KEY,
        project_id text REFERENCES projects (id) ON DELETE CASCADE,
        user_id text,
        toolkit text,
        acts text[] NOT NULL,
        reason text,
        actor jsonb,
        accounts_revoked integer NOT NULL DEFAULT 0,
        revoked_at_provider integer NOT NULL DEFAULT 0,
        failed_at_provider integer NOT NULL DEFAULT 0,
        sign_ins_ended integer NOT NULL DEFAULT 0,
        access_ended integer NOT NULL DEFAULT 0,
        access_ended_at timestamptz(3),
        keys_revoked integer NOT NULL DEFAULT 0,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        finished_at timestamptz(3)
      );
      CREATE INDEX incidents_newest ON incidents (created_at, id);
      CREATE INDEX incidents_running ON incidents (created_at) WHERE finished_at IS NULL;

      CREATE TABLE incident_revocations (
        connection_id text PRIMARY KEY REFERENCES connected_accounts (id) ON DELETE CASCADE,
        incident_id text NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
        tries integer NOT NULL DEFAULT 0,
        next_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX incident_revocations_due ON incident_revocations (incident_id, next_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE incident_revocations, incidents');
  }
}
