import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What shipped toolkits were in earlier releases, for the sessions that began with them. */
export class CreateToolkitReleases1764610000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE toolkit_contents (
        sha256 text PRIMARY KEY,
        content bytea NOT NULL
      );
      CREATE TABLE toolkit_releases (
        slug text NOT NULL,
        since timestamptz(3) NOT NULL DEFAULT now(),
        content_sha256 text NOT NULL,
        PRIMARY KEY (slug, since)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE toolkit_releases, toolkit_contents');
  }
}
