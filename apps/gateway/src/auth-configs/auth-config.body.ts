import { AuthConfigSettings, AuthScheme, SealedValues, ToolkitSlug, ToolSlug } from '@patchbay/contracts';
import { z } from 'zod';

/*
 * The bodies of auth configs on the wire (docs/api/auth-configs.md#an-auth-config), translated into the domain's words. A field
 * that is not known here is refused by name: it could be meant to restrict what the config's accounts may do, or how.
 */

/** Parts of the contract that are not served; an absent one, or null, changes nothing. */
const notServed = (suggestion: string) => z.null({ error: `is not supported: ${suggestion}` }).optional();

/** The SDK sends scopes as a text or as a list, and other values as they come. */
const Credentials = z.record(z.string().max(100), z.unknown()).transform((given) => {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(' ') : String(value)]),
  );
});

const Tools = z.array(ToolSlug).max(1000).optional();
const shared = {
  name: AuthConfigSettings.name,
  credentials: Credentials.optional(),
  sealed_credentials: SealedValues.optional(),
  restrict_to_following_tools: Tools,
  tool_access_config: z
    .strictObject({
      tools_for_connected_account_creation: Tools,
      tools_available_for_execution: Tools,
    })
    .optional(),
  is_enabled_for_tool_router: z.boolean().optional(),
  proxy_config: notServed("the proxy of outbound calls is the installation's"),
  shared_credentials: notServed('give each account its own fields'),
};
type Shared = z.output<z.ZodObject<typeof shared>>;

function toSettings(body: Shared) {
  const access = body.tool_access_config ?? {};
  const allowed = access.tools_available_for_execution ?? body.restrict_to_following_tools;
  const connecting = access.tools_for_connected_account_creation;
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.credentials && { credentials: body.credentials }),
    ...(body.sealed_credentials && { sealedCredentials: body.sealed_credentials }),
    ...(allowed && { allowedTools: allowed }),
    ...(connecting && { toolsForConnecting: connecting }),
    ...(body.is_enabled_for_tool_router !== undefined && {
      isEnabledForSessions: body.is_enabled_for_tool_router,
    }),
  };
}

export const CreateAuthConfigBody = z
  .strictObject({
    toolkit: z.strictObject({ slug: ToolkitSlug }),
    auth_config: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('use_composio_managed_auth'), ...shared }),
        z.strictObject({
          type: z.literal('use_custom_auth'),
          authScheme: AuthScheme.optional(),
          auth_scheme: AuthScheme.optional(),
          ...shared,
        }),
      ])
      .default({ type: 'use_composio_managed_auth' }),
  })
  .transform(({ toolkit, auth_config: config }) => ({
    toolkit: toolkit.slug,
    isManaged: config.type === 'use_composio_managed_auth',
    ...(config.type === 'use_custom_auth' && { authScheme: config.authScheme ?? config.auth_scheme }),
    ...toSettings(config),
  }));
export type CreateAuthConfigBody = z.output<typeof CreateAuthConfigBody>;

const ScopeList = z.array(z.string().max(500)).max(200);
const Scopes = z
  .union([z.string().max(20_000), ScopeList])
  .transform((given) => (Array.isArray(given) ? given : given.split(/[\s,]+/).filter(Boolean)))
  .pipe(ScopeList);

export const UpdateAuthConfigBody = z
  .strictObject({
    type: z.enum(['custom', 'default']),
    // An empty list asks for none; null for the toolkit's own again.
    scopes: Scopes.nullish(),
    user_scopes: Scopes.nullish(),
    ...shared,
  })
  .transform(({ type, scopes, user_scopes: userScopes, ...body }) => ({
    isManaged: type === 'default',
    ...(scopes !== undefined && { scopes }),
    ...(userScopes !== undefined && { userScopes }),
    ...toSettings(body),
  }));
export type UpdateAuthConfigBody = z.output<typeof UpdateAuthConfigBody>;
