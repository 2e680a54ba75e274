import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A key's row goes with its project; that the key was revoked must outlive both. */
export class RememberRevokedKeys1765031000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE revoked_keys (
        sha256 text PRIMARY KEY,
        revoked_at timestamptz(3) NOT NULL DEFAULT now()
      );
      INSERT INTO revoked_keys (sha256, revoked_at)
        SELECT sha256, revoked_at FROM api_keys WHERE revoked_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE revoked_keys');
  }
}
