import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-ins at the operator's OpenID provider, and by what it knows the people. */
export class CreateOidcSignIns1766120000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE oidc_sign_ins (
        state_sha256 text PRIMARY KEY,
        browser_sha256 text NOT NULL,
        sealed_secrets text NOT NULL,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX oidc_sign_ins_expiry ON oidc_sign_ins (expires_at);

      CREATE TABLE person_identities (
        issuer text NOT NULL,
        subject text NOT NULL,
        person_id text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (issuer, subject)
      );
      CREATE INDEX person_identities_person ON person_identities (person_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE person_identities, oidc_sign_ins');
  }
}
