import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scopes under names, for sessions to take. */
export class CreateSavedConfigs1765142000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE saved_configs (
        id text PRIMARY KEY,
        project_id text NOT NULL,
        name text NOT NULL,
        description text,
        scope jsonb NOT NULL,
        archived boolean NOT NULL DEFAULT false,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX saved_configs_project ON saved_configs (project_id, created_at, id);
      CREATE UNIQUE INDEX saved_configs_name ON saved_configs (project_id, name);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE saved_configs');
  }
}
