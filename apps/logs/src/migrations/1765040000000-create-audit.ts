import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Acts of administration, partitioned by month: they are few, and kept for long. */
export class CreateAudit1765040000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit (
        at timestamptz(3) NOT NULL,
        id text NOT NULL,
        project_id text,
        action text NOT NULL,
        actor_kind text NOT NULL,
        actor_key_id text,
        actor_name text,
        address text,
        target_type text NOT NULL,
        target_id text NOT NULL,
        target_user_id text,
        changed jsonb NOT NULL,
        outcome text NOT NULL,
        reason text,
        request_id text,
        PRIMARY KEY (at, id)
      ) PARTITION BY RANGE (at);
      CREATE TABLE audit_default PARTITION OF audit DEFAULT;
      CREATE INDEX audit_project ON audit (project_id, at, id);
      CREATE INDEX audit_actor ON audit (actor_key_id, at, id);
      CREATE INDEX audit_target ON audit (target_id, at, id);
      CREATE INDEX audit_action ON audit (action, at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit');
  }
}
