import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In every service's schema, as the outbox is: where events go that cannot go on, and when a row is tried again. */
export class CreateDeadLetters1765030000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dead_letters (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        origin text NOT NULL,
        event_id text NOT NULL,
        subject text NOT NULL,
        reason text NOT NULL,
        body text NOT NULL,
        bytes integer NOT NULL,
        set_aside_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX dead_letters_event ON dead_letters (origin, event_id);
      CREATE INDEX dead_letters_age ON dead_letters (set_aside_at);
      ALTER TABLE outbox
        ADD COLUMN attempts integer NOT NULL DEFAULT 0,
        ADD COLUMN retry_at timestamptz(3);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE outbox DROP COLUMN retry_at, DROP COLUMN attempts; DROP TABLE dead_letters',
    );
  }
}
