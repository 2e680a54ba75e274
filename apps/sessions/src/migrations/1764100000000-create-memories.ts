import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What sessions remember, by toolkit. */
export class CreateMemories1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session_memories (
        session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        toolkit text NOT NULL,
        facts text[] NOT NULL,
        PRIMARY KEY (session_id, toolkit)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session_memories');
  }
}
