import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-ins of command lines, for the minutes that they last. */
export class CreateCliSessions1766040000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE cli_sessions (
        id_sha256 text PRIMARY KEY,
        code text NOT NULL,
        scope text NOT NULL,
        source text,
        address text,
        expires_at timestamptz(3) NOT NULL,
        person_id text REFERENCES people (id) ON DELETE CASCADE,
        linked_by text REFERENCES user_keys (id) ON DELETE CASCADE,
        project_id text REFERENCES projects (id) ON DELETE CASCADE,
        made_key text,
        collected_at timestamptz(3)
      );
      CREATE INDEX cli_sessions_expiry ON cli_sessions (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE cli_sessions');
  }
}
