import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many accounts a link's user may have in the end. */
export class AddAccountLimit1764620000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE connect_links ADD COLUMN account_limit jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE connect_links DROP COLUMN account_limit');
  }
}
