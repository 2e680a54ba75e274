import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much is kept of the sandboxes of a project. What was kept before counts when it is kept again. */
export class CountArchives1765050000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workspaces ADD archive_bytes bigint NOT NULL DEFAULT 0;
      CREATE INDEX workspaces_project ON workspaces (project_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX workspaces_project; ALTER TABLE workspaces DROP archive_bytes');
  }
}
