import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is signed in to the console, by what they sign in, and how often somebody tried in vain. */
export class CreateConsoleSessions1766060000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE console_sessions (
        id text PRIMARY KEY,
        person_id text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        sha256 text NOT NULL,
        signed_in_by text NOT NULL CONSTRAINT console_sessions_way CHECK (signed_in_by IN ('link', 'password', 'oidc')),
        address text,
        user_agent text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz(3) NOT NULL
      );
      CREATE UNIQUE INDEX console_sessions_sha256 ON console_sessions (sha256);
      CREATE INDEX console_sessions_person ON console_sessions (person_id);
      CREATE INDEX console_sessions_expiry ON console_sessions (expires_at);

      CREATE TABLE passwords (
        person_id text PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
        hash text NOT NULL,
        changed_at timestamptz(3) NOT NULL DEFAULT now()
      );

      CREATE TABLE sign_in_links (
        token_sha256 text PRIMARY KEY,
        person_id text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX sign_in_links_person ON sign_in_links (person_id);
      CREATE INDEX sign_in_links_expiry ON sign_in_links (expires_at);

      CREATE TABLE sign_in_tries (
        email_sha256 text PRIMARY KEY,
        failures integer NOT NULL,
        last_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX sign_in_tries_expiry ON sign_in_tries (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sign_in_tries, sign_in_links, passwords, console_sessions');
  }
}
