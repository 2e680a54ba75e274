import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-ins that wait for the developer's app to say who its user is. A table of their own: no state opens them. */
export class AddUnverifiedSignIns1766000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE unverified_sign_ins (
      session_sha256 text PRIMARY KEY,
      link_token_sha256 text NOT NULL REFERENCES connect_links ON DELETE CASCADE,
      sealed_secrets text NOT NULL,
      redirect_uri text NOT NULL,
      expires_at timestamptz(3) NOT NULL
    )`);
    await runner.query('CREATE INDEX unverified_sign_ins_link ON unverified_sign_ins (link_token_sha256)');
    await runner.query('CREATE INDEX unverified_sign_ins_expiry ON unverified_sign_ins (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE unverified_sign_ins');
  }
}
