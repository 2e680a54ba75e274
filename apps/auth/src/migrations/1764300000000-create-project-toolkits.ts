import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the toolkits that projects add authenticate. */
export class CreateProjectToolkits1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE project_toolkits (
        id text PRIMARY KEY,
        project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        slug text NOT NULL,
        registration jsonb NOT NULL,
        sealed_headers text
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE project_toolkits');
  }
}
