import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose key an act was done with: a person has any number of keys. */
export class AddAuditPerson1765144000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit ADD COLUMN actor_person_id text;
      CREATE INDEX audit_person ON audit (actor_person_id, at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit DROP COLUMN actor_person_id');
  }
}
