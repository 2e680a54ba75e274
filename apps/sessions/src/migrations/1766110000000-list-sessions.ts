import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For the list of a project's sessions, newest first, and those of users whose ids begin alike. */
export class ListSessions1766110000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX sessions_project ON sessions (project_id, created_at DESC, id DESC);
      CREATE INDEX sessions_user_prefix ON sessions (project_id, user_id text_pattern_ops);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sessions_user_prefix, sessions_project');
  }
}
