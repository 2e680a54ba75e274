import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clients that a session's user admitted to its MCP endpoint. */
export class CreateMcpAccess1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mcp_access_codes (
        code_sha256 text PRIMARY KEY,
        project_id text NOT NULL,
        session_id text NOT NULL,
        user_id text NOT NULL,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX mcp_access_codes_expiry ON mcp_access_codes (expires_at);

      CREATE TABLE mcp_grants (
        id text PRIMARY KEY,
        project_id text NOT NULL,
        session_id text NOT NULL,
        user_id text NOT NULL,
        client_sha256 text NOT NULL,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX mcp_grants_session ON mcp_grants (project_id, session_id);

      CREATE TABLE mcp_tokens (
        token_sha256 text PRIMARY KEY,
        grant_id text NOT NULL REFERENCES mcp_grants (id) ON DELETE CASCADE,
        kind text NOT NULL,
        code_challenge text,
        redirect_uri text,
        used_at timestamptz(3),
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX mcp_tokens_grant ON mcp_tokens (grant_id);
      CREATE INDEX mcp_tokens_expiry ON mcp_tokens (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mcp_tokens, mcp_grants, mcp_access_codes');
  }
}
