import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `renewals` is called `refreshes`. While a rolling upgrade lasts, replicas of the release before go on reading and
 * writing it under its old name, which is a view for them; a later release drops it. Answers that either release sealed
 * open in the other, as what they are bound to keeps its name (`vault.service.ts`).
 */
export class RenameRenewals1765140000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE renewals RENAME TO refreshes;
      ALTER INDEX renewals_pkey RENAME TO refreshes_pkey;
      ALTER TABLE refreshes RENAME CONSTRAINT renewals_connection_id_fkey TO refreshes_connection_id_fkey;
      CREATE VIEW renewals AS SELECT connection_id, stale_fingerprint, asked_at, sealed_response FROM refreshes;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW renewals;
      ALTER TABLE refreshes RENAME CONSTRAINT refreshes_connection_id_fkey TO renewals_connection_id_fkey;
      ALTER INDEX refreshes_pkey RENAME TO renewals_pkey;
      ALTER TABLE refreshes RENAME TO renewals;
    `);
  }
}
