import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Toolkits that projects added for themselves, and the definitions of them that were approved. */
export class CreateProjectToolkits1764310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE project_toolkits (
        project_id text NOT NULL,
        slug text NOT NULL,
        name text,
        source jsonb NOT NULL,
        latest jsonb NOT NULL,
        problem text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (project_id, slug)
      );
      CREATE TABLE project_toolkit_versions (
        project_id text NOT NULL,
        slug text NOT NULL,
        version text NOT NULL,
        definition jsonb NOT NULL,
        approved_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (project_id, slug, version)
      );
      CREATE INDEX project_toolkit_versions_age ON project_toolkit_versions (project_id, slug, approved_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE project_toolkit_versions, project_toolkits');
  }
}
