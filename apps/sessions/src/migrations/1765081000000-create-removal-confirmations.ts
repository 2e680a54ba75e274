import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Removals of accounts that wait to be asked for a second time. */
export class CreateRemovalConfirmations1765081000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE removal_confirmations (
        code_sha256 text PRIMARY KEY,
        session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        connection_id text NOT NULL,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX removal_confirmations_session ON removal_confirmations (session_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE removal_confirmations');
  }
}
