import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions, and the configurations they had before. */
export class CreateSessions1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sessions (
        id text PRIMARY KEY,
        project_id text NOT NULL,
        user_id text NOT NULL,
        config jsonb NOT NULL,
        config_version integer NOT NULL DEFAULT 1,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX sessions_user ON sessions (project_id, user_id, created_at);

      CREATE TABLE session_versions (
        session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        version integer NOT NULL,
        config jsonb NOT NULL,
        superseded_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (session_id, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session_versions, sessions');
  }
}
