import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which definition of a toolkit somebody refused, by its digest. */
export class AddRefusedDefinitions1765200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project_toolkits ADD COLUMN refused text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project_toolkits DROP COLUMN refused');
  }
}
