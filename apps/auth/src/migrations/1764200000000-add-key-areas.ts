import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that may do a part of what their project may; those there are may do it all. */
export class AddKeyAreas1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_keys ADD COLUMN areas jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_keys DROP COLUMN areas');
  }
}
