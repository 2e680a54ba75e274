import type { AuthConfig } from '@patchbay/contracts';
import type { z } from 'zod';
import type { AuthConfigAnswer } from './auth-config.answer.js';

const REDACTED = 'REDACTED';

/** An auth config as docs/api/auth-configs.md#an-auth-config has it. Secrets are named, never shown. */
export function presentAuthConfig(config: AuthConfig): z.output<typeof AuthConfigAnswer> {
  return {
    id: config.id,
    uuid: config.id,
    type: config.isManaged ? 'default' : 'custom',
    name: config.name,
    status: config.enabled ? 'ENABLED' : 'DISABLED',
    no_of_connections: config.connectionCount,
    toolkit: { slug: config.toolkit, logo: '' },
    auth_scheme: config.authScheme,
    is_composio_managed: config.isManaged,
    credentials: {
      ...config.credentials,
      ...Object.fromEntries(config.secretCredentials.map((name) => [name, REDACTED])),
      // The toolkit's own and none at all look alike: an empty text was never answered.
      ...(config.scopes?.length && { scopes: config.scopes.join(' ') }),
      ...(config.userScopes?.length && { user_scopes: config.userScopes.join(' ') }),
    },
    restrict_to_following_tools: config.allowedTools ?? [],
    tool_access_config: {
      tools_for_connected_account_creation: config.toolsForConnecting ?? [],
      tools_available_for_execution: config.allowedTools ?? [],
    },
    is_enabled_for_tool_router: config.isEnabledForSessions,
    created_at: config.createdAt,
    last_updated_at: config.updatedAt,
  };
}
