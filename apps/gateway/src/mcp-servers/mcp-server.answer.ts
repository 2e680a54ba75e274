import { z } from 'zod';

/* What MCP servers answer on the wire. */

export const McpServerAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    auth_config_ids: z.array(z.string()),
    allowed_tools: z.array(z.string()).describe('Empty: every tool of the toolkits.'),
    mcp_url: z.string(),
    toolkits: z.array(z.string()),
    toolkit_icons: z.record(z.string(), z.string()),
    commands: z
      .object({ cursor: z.string(), claude: z.string(), windsurf: z.string() })
      .describe('How people add it to their programs.'),
    created_at: z.string(),
    updated_at: z.string(),
    server_instance_count: z.int(),
    managed_auth_via_composio: z.boolean(),
    deleted: z.literal(false),
  })
  .meta({ id: 'McpServer', description: 'A choice of tools that MCP clients of many users reach.' });

export const McpServersAnswer = z.object({
  items: z.array(McpServerAnswer),
  current_page: z.int(),
  total_pages: z.int(),
});
export const DeletedServerAnswer = z.object({ id: z.string(), deleted: z.literal(true) });
export const ServerUrlsAnswer = z.object({
  mcp_url: z.string(),
  connected_account_urls: z.array(z.string()),
  user_ids_url: z.array(z.string()),
});

export const McpInstanceAnswer = z
  .object({
    id: z.string(),
    instance_id: z.string(),
    mcp_server_id: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'McpInstance', description: 'One user of an MCP server.' });

export const McpInstancesAnswer = z.object({
  instances: z.array(McpInstanceAnswer),
  server_id: z.string(),
  server_name: z.string(),
  current_page: z.int(),
  total_pages: z.int(),
});
export const DeletedInstanceAnswer = z.object({
  message: z.string(),
  deleted_connected_accounts: z.literal(0),
});
