import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whose a link is and which session it ends with; what the sweep looks for. A replica of before makes links without an
 * owner for a while: they are good for ten minutes.
 */
export class AddLinkOwners1765080000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE connect_links
      ADD COLUMN project_id text NOT NULL DEFAULT '',
      ADD COLUMN user_id text NOT NULL DEFAULT '',
      ADD COLUMN session_id text`);
    await runner.query(`UPDATE connect_links link SET project_id = account.project_id, user_id = account.user_id
      FROM connected_accounts account WHERE account.id = link.connection_id`);
    await runner.query(
      'CREATE INDEX connect_links_open ON connect_links (project_id, user_id) WHERE used_at IS NULL',
    );
    await runner.query(
      'CREATE INDEX connect_links_session ON connect_links (project_id, session_id) WHERE session_id IS NOT NULL',
    );
    await runner.query(
      'CREATE INDEX connected_accounts_unfinished ON connected_accounts (created_at) WHERE connected_at IS NULL',
    );
    await runner.query('CREATE INDEX sign_ins_expiry ON sign_ins (expires_at)');
    await runner.query('CREATE INDEX mcp_access_codes_session ON mcp_access_codes (project_id, session_id)');
    await runner.query('CREATE INDEX mcp_grants_expiry ON mcp_grants (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX mcp_grants_expiry');
    await runner.query('DROP INDEX mcp_access_codes_session');
    await runner.query('DROP INDEX sign_ins_expiry');
    await runner.query('DROP INDEX connected_accounts_unfinished');
    await runner.query(
      'ALTER TABLE connect_links DROP COLUMN project_id, DROP COLUMN user_id, DROP COLUMN session_id',
    );
  }
}
