import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which sandbox holds a key, and whether an archive is as new as its sandbox. */
export class ExtendWorkspaces1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workspaces ADD sandbox_id text, ADD is_archive_current boolean NOT NULL DEFAULT false;
      UPDATE workspaces SET is_archive_current = true WHERE state = 'stored';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workspaces DROP is_archive_current, DROP sandbox_id');
  }
}
