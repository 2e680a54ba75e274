import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Projects and their keys, auth configs, connected accounts, and the links and sign-ins that make them. */
export class CreateAccounts1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE projects (
        id text PRIMARY KEY,
        name text NOT NULL,
        settings jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX projects_name ON projects (name);

      CREATE TABLE api_keys (
        id text PRIMARY KEY,
        project_id text REFERENCES projects (id) ON DELETE CASCADE,
        name text NOT NULL,
        sha256 text NOT NULL,
        hint text NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        revoked_at timestamptz(3)
      );
      CREATE UNIQUE INDEX api_keys_sha256 ON api_keys (sha256);
      CREATE INDEX api_keys_project ON api_keys (project_id);

      CREATE TABLE auth_configs (
        id text PRIMARY KEY,
        project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        toolkit text NOT NULL,
        auth_scheme text NOT NULL,
        is_managed boolean NOT NULL,
        name text NOT NULL,
        enabled boolean NOT NULL,
        sealed_credentials text,
        settings jsonb NOT NULL,
        is_enabled_for_sessions boolean NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX auth_configs_toolkit ON auth_configs (project_id, toolkit);
      CREATE INDEX auth_configs_newest ON auth_configs (project_id, created_at, id);

      CREATE TABLE connected_accounts (
        id text PRIMARY KEY,
        project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        user_id text NOT NULL,
        toolkit text NOT NULL,
        auth_config_id text NOT NULL REFERENCES auth_configs (id) ON DELETE CASCADE,
        word_id text NOT NULL,
        alias text,
        account_type text NOT NULL,
        access_list jsonb NOT NULL,
        status text NOT NULL,
        status_reason text,
        display_name text,
        sealed_credential text,
        renew_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        connected_at timestamptz(3),
        CONSTRAINT active_has_credential CHECK (status <> 'ACTIVE' OR sealed_credential IS NOT NULL)
      );
      CREATE UNIQUE INDEX connected_accounts_word_id ON connected_accounts (project_id, word_id);
      CREATE UNIQUE INDEX connected_accounts_alias
        ON connected_accounts (project_id, user_id, toolkit, alias) WHERE alias IS NOT NULL;
      CREATE INDEX connected_accounts_user ON connected_accounts (project_id, user_id, toolkit);
      CREATE INDEX connected_accounts_newest ON connected_accounts (project_id, created_at, id);
      CREATE INDEX connected_accounts_config ON connected_accounts (auth_config_id);
      CREATE INDEX connected_accounts_renew ON connected_accounts (renew_at) WHERE status = 'ACTIVE';

      CREATE TABLE renewals (
        connection_id text PRIMARY KEY REFERENCES connected_accounts (id) ON DELETE CASCADE,
        stale_fingerprint text NOT NULL,
        asked_at timestamptz(3) NOT NULL DEFAULT now(),
        sealed_response text
      );

      CREATE TABLE connect_links (
        token_sha256 text PRIMARY KEY,
        connection_id text NOT NULL REFERENCES connected_accounts (id) ON DELETE CASCADE,
        sealed_values text NOT NULL,
        callback_url text,
        used_at timestamptz(3),
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX connect_links_connection ON connect_links (connection_id);
      CREATE INDEX connect_links_expiry ON connect_links (expires_at);

      CREATE TABLE sign_ins (
        state_sha256 text PRIMARY KEY,
        link_token_sha256 text NOT NULL REFERENCES connect_links (token_sha256) ON DELETE CASCADE,
        sealed_secrets text NOT NULL,
        redirect_uri text NOT NULL,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX sign_ins_link ON sign_ins (link_token_sha256);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE sign_ins, connect_links, renewals, connected_accounts, auth_configs, api_keys, projects',
    );
  }
}
