import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sets of tools under one address, and the sessions behind them. */
export class CreateMcpServers1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mcp_servers (
        id uuid PRIMARY KEY,
        project_id text NOT NULL,
        name text NOT NULL,
        toolkits text[] NOT NULL,
        allowed_tools text[] NOT NULL,
        auth_config_ids text[] NOT NULL,
        manages_connections boolean NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX mcp_servers_project ON mcp_servers (project_id, updated_at);

      CREATE TABLE mcp_instances (
        id uuid PRIMARY KEY,
        server_id uuid NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
        holder text NOT NULL,
        session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX mcp_instances_holder ON mcp_instances (server_id, holder);
      CREATE INDEX mcp_instances_session ON mcp_instances (session_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mcp_instances, mcp_servers');
  }
}
