import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the source of a toolkit was read last. */
export class AddSourceReadings1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE project_toolkits ADD COLUMN read_at timestamptz(3) NOT NULL DEFAULT now()',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project_toolkits DROP COLUMN read_at');
  }
}
