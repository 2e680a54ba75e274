import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The organisation by an id of its own, the people in it with their roles, and their keys. */
export class CreatePeople1766030000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE organisations (
        id text PRIMARY KEY,
        name text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      INSERT INTO organisations (id, name)
        VALUES ('org_' || left(replace(gen_random_uuid()::text, '-', ''), 12), 'Patchbay');

      CREATE TABLE people (
        id text PRIMARY KEY,
        email text NOT NULL,
        name text NOT NULL,
        role text CONSTRAINT people_role CHECK (role IN ('viewer', 'developer', 'owner')),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX people_email ON people (email);

      CREATE TABLE project_members (
        person_id text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        role text NOT NULL CONSTRAINT project_members_role CHECK (role IN ('viewer', 'developer', 'owner')),
        PRIMARY KEY (person_id, project_id)
      );
      CREATE INDEX project_members_project ON project_members (project_id);

      CREATE TABLE user_keys (
        id text PRIMARY KEY,
        person_id text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        name text NOT NULL,
        sha256 text NOT NULL,
        hint text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz(3),
        revoked_at timestamptz(3)
      );
      CREATE UNIQUE INDEX user_keys_sha256 ON user_keys (sha256);
      CREATE INDEX user_keys_person ON user_keys (person_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE user_keys, project_members, people, organisations');
  }
}
