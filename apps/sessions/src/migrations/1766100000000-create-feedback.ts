import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What agents say of their sessions. */
export class CreateFeedback1766100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session_feedback (
        id text PRIMARY KEY,
        session_id text NOT NULL,
        tool_slug text,
        text text NOT NULL,
        log_id text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT session_feedback_session_id_fkey FOREIGN KEY (session_id)
          REFERENCES sessions (id) ON DELETE CASCADE
      );
      CREATE INDEX session_feedback_session ON session_feedback (session_id, created_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session_feedback');
  }
}
