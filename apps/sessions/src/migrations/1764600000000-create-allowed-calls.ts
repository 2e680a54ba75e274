import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people allowed for as long as a session lives. */
export class CreateAllowedCalls1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE allowed_calls (
        session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        key text NOT NULL,
        allowed_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (session_id, key)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE allowed_calls');
  }
}
