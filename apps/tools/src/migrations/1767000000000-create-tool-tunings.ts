import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What projects say of their tools for searching: what else they are called, and what their scores count. */
export class CreateToolTunings1767000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tool_tunings (
        project_id text NOT NULL,
        tool_slug text NOT NULL,
        toolkit text NOT NULL,
        aliases text[] NOT NULL,
        boost real NOT NULL,
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (project_id, tool_slug)
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tool_tunings');
  }
}
