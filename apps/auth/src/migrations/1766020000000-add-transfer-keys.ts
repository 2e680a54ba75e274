import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The keys that developers seal the secrets of their auth configs to. */
export class AddTransferKeys1766020000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE transfer_keys (
      kid text PRIMARY KEY,
      public_key jsonb NOT NULL,
      sealed_key text NOT NULL,
      created_at timestamptz(3) NOT NULL DEFAULT now(),
      expires_at timestamptz(3) NOT NULL
    )`);
    await runner.query('CREATE INDEX transfer_keys_expiry ON transfer_keys (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE transfer_keys');
  }
}
