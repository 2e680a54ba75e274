import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where the secrets of accounts, of auth configs and of projects' toolkits may go. What was there before is bound to
 * the addresses of the installation when `auth` starts the next time.
 */
export class BindSecretsToOrigins1765071000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE connected_accounts ADD COLUMN bound_to text[];
      ALTER TABLE auth_configs ADD COLUMN bound_to text[];
      ALTER TABLE project_toolkits ADD COLUMN headers_for text;
      UPDATE project_toolkits
         SET headers_for = lower(substring(registration ->> 'baseUrl' from '^[A-Za-z]+://[^/?#]*'))
       WHERE sealed_headers IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE connected_accounts DROP COLUMN bound_to;
      ALTER TABLE auth_configs DROP COLUMN bound_to;
      ALTER TABLE project_toolkits DROP COLUMN headers_for;
    `);
  }
}
