import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a project's quota of files counts. Files from before count by their number only: their sizes were not known, and
 * they are gone within a day.
 */
export class CreateFileUsage1765090000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE call_files
        ADD COLUMN size bigint NOT NULL DEFAULT 0,
        ADD COLUMN upload_until timestamptz(3);
      CREATE INDEX call_files_open ON call_files (upload_until) WHERE upload_until IS NOT NULL;
      CREATE INDEX call_files_open_of_project ON call_files (project_id, size) WHERE upload_until IS NOT NULL;
      CREATE TABLE file_usage (
        project_id text PRIMARY KEY,
        files integer NOT NULL,
        bytes bigint NOT NULL
      );
      INSERT INTO file_usage SELECT project_id, count(*), 0 FROM call_files GROUP BY project_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE file_usage;
      DROP INDEX call_files_open_of_project, call_files_open;
      ALTER TABLE call_files DROP COLUMN upload_until, DROP COLUMN size;
    `);
  }
}
