import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a key was used last, so that one nobody needs can be told and revoked. */
export class AddLastUse1766110000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE api_keys ADD COLUMN last_used_at timestamptz(3);
      ALTER TABLE user_keys ADD COLUMN last_used_at timestamptz(3);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE api_keys DROP COLUMN last_used_at;
      ALTER TABLE user_keys DROP COLUMN last_used_at;
    `);
  }
}
