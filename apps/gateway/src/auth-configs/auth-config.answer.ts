import { AuthConfigCheck, AuthScheme } from '@patchbay/contracts';
import { z } from 'zod';

/* What auth configs answer on the wire (docs/api/auth-configs.md#an-auth-config). */

export const AuthConfigAnswer = z
  .object({
    id: z.string(),
    uuid: z.string(),
    type: z.enum(['default', 'custom']),
    name: z.string(),
    status: z.enum(['ENABLED', 'DISABLED']),
    no_of_connections: z.int(),
    toolkit: z.object({ slug: z.string(), logo: z.string() }),
    auth_scheme: AuthScheme,
    is_composio_managed: z.boolean().describe('Whether it uses the operator’s own app.'),
    credentials: z.record(z.string(), z.string()).describe('Secrets are named, never shown.'),
    restrict_to_following_tools: z.array(z.string()),
    tool_access_config: z.object({
      tools_for_connected_account_creation: z.array(z.string()),
      tools_available_for_execution: z.array(z.string()),
    }),
    is_enabled_for_tool_router: z.boolean(),
    created_at: z.string(),
    last_updated_at: z.string(),
  })
  .meta({ id: 'AuthConfig', description: 'How the accounts of a toolkit sign in, in one project.' });

export const CreatedAuthConfigAnswer = z.object({
  toolkit: z.object({ slug: z.string() }),
  auth_config: z.object({
    id: z.string(),
    auth_scheme: AuthScheme,
    is_composio_managed: z.boolean(),
    restrict_to_following_tools: z.array(z.string()),
  }),
});

export const AuthConfigCheckAnswer = AuthConfigCheck.meta({
  id: 'AuthConfigCheck',
  description: 'What could be found out of an app, in words, with what the provider said of it.',
});

export const EmptyAnswer = z.object({});
