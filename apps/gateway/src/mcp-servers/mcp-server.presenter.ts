import { McpServerSettings, type McpInstance, type McpServer, type Toolkit } from '@patchbay/contracts';
import { z } from 'zod';
import type { McpInstanceAnswer, McpServerAnswer } from './mcp-server.answer.js';

/** A field that is not known is refused by name: it could be meant to narrow what the server's users get. */
export const NewServerBody = z.strictObject({
  name: McpServerSettings.name,
  toolkits: McpServerSettings.toolkits.optional(),
  auth_config_ids: McpServerSettings.authConfigIds.optional(),
  allowed_tools: McpServerSettings.allowedTools.optional(),
  custom_tools: McpServerSettings.allowedTools.optional(),
  no_auth_apps: McpServerSettings.toolkits.optional(),
  managed_auth_via_composio: z.boolean().optional(),
});

/** The old API names toolkits without accounts and tools of one's own apart; here they are toolkits and tools. */
export function toServerSettings(body: z.output<typeof NewServerBody>) {
  return {
    name: body.name,
    toolkits: [...(body.toolkits ?? []), ...(body.no_auth_apps ?? [])],
    authConfigIds: body.auth_config_ids,
    allowedTools: [...(body.allowed_tools ?? []), ...(body.custom_tools ?? [])],
    managesConnections: body.managed_auth_via_composio,
  };
}

export const ServerChangesBody = NewServerBody.pick({
  name: true,
  toolkits: true,
  auth_config_ids: true,
  allowed_tools: true,
  managed_auth_via_composio: true,
}).partial();

/** What is not sent stays. */
export function toServerChanges(body: z.output<typeof ServerChangesBody>) {
  return {
    name: body.name,
    toolkits: body.toolkits,
    authConfigIds: body.auth_config_ids,
    allowedTools: body.allowed_tools,
    managesConnections: body.managed_auth_via_composio,
  };
}

export function serverUrl(publicUrl: string, id: string): string {
  return `${publicUrl}/api/v3/mcp/${id}/mcp`;
}

export function presentServer(
  server: McpServer,
  publicUrl: string,
  toolkits: readonly Toolkit[] = [],
): z.output<typeof McpServerAnswer> {
  const url = serverUrl(publicUrl, server.id);
  return {
    id: server.id,
    name: server.name,
    auth_config_ids: server.authConfigIds,
    allowed_tools: server.allowedTools,
    mcp_url: url,
    toolkits: server.toolkits,
    toolkit_icons: Object.fromEntries(
      toolkits.filter(({ slug }) => server.toolkits.includes(slug)).map(({ slug, logo }) => [slug, logo]),
    ),
    commands: commandsFor(server.name, url),
    created_at: server.createdAt,
    updated_at: server.updatedAt,
    server_instance_count: server.instanceCount,
    managed_auth_via_composio: server.managesConnections,
    deleted: false,
  };
}

/** How people add it to their programs: the key and the user are theirs to fill in. */
function commandsFor(name: string, url: string) {
  const remote = `npx -y mcp-remote "${url}?user_id=USER_ID" --header "x-api-key:YOUR_API_KEY"`;
  const label = name.toLowerCase().replaceAll(' ', '-');
  return {
    cursor: remote,
    claude: `claude mcp add ${label} -- ${remote}`,
    windsurf: remote,
  };
}

export function presentInstance({
  id,
  holder,
  serverId,
  createdAt,
  updatedAt,
}: McpInstance): z.output<typeof McpInstanceAnswer> {
  return {
    id,
    instance_id: holder,
    mcp_server_id: serverId,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}
