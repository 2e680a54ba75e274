import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files staged for calls and made by them, as long as their bytes are kept. */
export class CreateCallFiles1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE call_files (
        id text PRIMARY KEY,
        project_id text NOT NULL,
        toolkit text NOT NULL,
        tool_slug text NOT NULL,
        key text NOT NULL,
        filename text NOT NULL,
        mimetype text NOT NULL,
        md5 text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX call_files_project ON call_files (project_id, created_at, id);
      CREATE INDEX call_files_age ON call_files (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE call_files');
  }
}
