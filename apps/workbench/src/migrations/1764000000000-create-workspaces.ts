import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWorkspaces1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workspaces (
        session_id text PRIMARY KEY,
        project_id text NOT NULL,
        state text NOT NULL,
        owner text NOT NULL,
        leased_until timestamptz(3) NOT NULL,
        key_sha256 text,
        has_archive boolean NOT NULL,
        lost jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX workspaces_key ON workspaces (key_sha256);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workspaces');
  }
}
