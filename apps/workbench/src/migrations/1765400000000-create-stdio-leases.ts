import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which replica runs an MCP server's program for whom. */
export class CreateStdioLeases1765400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE stdio_leases (
        owner_key text PRIMARY KEY,
        replica text NOT NULL,
        leased_until timestamptz(3) NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE stdio_leases');
  }
}
