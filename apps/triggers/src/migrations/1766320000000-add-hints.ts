import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddHints1766320000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE trigger_instances
        ADD COLUMN is_hinted boolean NOT NULL DEFAULT false,
        ADD COLUMN hinted_at timestamptz(3),
        ADD COLUMN held_until timestamptz(3);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE trigger_instances DROP COLUMN is_hinted, DROP COLUMN hinted_at, DROP COLUMN held_until',
    );
  }
}
