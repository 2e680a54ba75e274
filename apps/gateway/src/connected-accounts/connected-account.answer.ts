import { AccountType, AuthScheme, ConnectionStatus } from '@patchbay/contracts';
import { z } from 'zod';

/* What connected accounts answer on the wire (docs/api/connected-accounts.md#an-account). */

export const AccountTypeAnswer = z
  .object({
    account_type: AccountType,
    acl_config_for_shared: z
      .object({
        allow_all_users: z.boolean(),
        allowed_user_ids: z.array(z.string()),
        not_allowed_user_ids: z.array(z.string()),
      })
      .optional(),
  })
  .meta({ id: 'AccountSharing', description: 'Who besides its user may use an account.' });

const State = z
  .looseObject({ status: ConnectionStatus })
  .describe('What the scheme has, secrets masked, with the status.');

export const ConnectedAccountAnswer = z
  .object({
    id: z.string(),
    word_id: z.string(),
    alias: z.string().nullable(),
    user_id: z.string(),
    status: ConnectionStatus,
    status_reason: z.string().nullable(),
    is_disabled: z.boolean(),
    toolkit: z.object({ slug: z.string() }),
    auth_config: z.object({
      id: z.string(),
      auth_scheme: AuthScheme,
      is_composio_managed: z.boolean(),
      is_disabled: z.boolean(),
    }),
    state: z.object({ authScheme: AuthScheme, val: State }),
    data: State,
    created_at: z.string(),
    updated_at: z.string(),
    experimental: AccountTypeAnswer,
  })
  .meta({ id: 'ConnectedAccount', description: 'One user’s sign-in at one toolkit.' });

export const CreatedAccountAnswer = z.object({
  id: z.string(),
  status: ConnectionStatus,
  connectionData: z.object({
    authScheme: AuthScheme,
    val: z.object({ status: ConnectionStatus, redirectUrl: z.string().optional() }),
  }),
  redirect_url: z.string().nullable().describe('Where the user signs in; null where the account is ready.'),
  redirect_uri: z.string().nullable(),
});

const link = {
  link_token: z.string(),
  redirect_url: z.string().describe('Where the user signs in, once.'),
  connected_account_id: z.string(),
  experimental: AccountTypeAnswer,
};
export const LinkAnswer = z.object({ ...link, expires_at: z.string() }).meta({ id: 'ConnectLink' });
export const SessionLinkAnswer = z.object(link).meta({ id: 'SessionConnectLink' });

export const UpdatedAccountAnswer = z.object({
  success: z.literal(true),
  id: z.string(),
  status: ConnectionStatus,
});
export const RefreshedAccountAnswer = z.object({
  id: z.string(),
  status: ConnectionStatus,
  redirect_url: z.string().nullable(),
});
export const RevokedAccountAnswer = z.object({
  revoked_tokens: z
    .array(z.enum(['access_token', 'refresh_token', 'credential']))
    .describe('What was really revoked.'),
  connected_account: z.object({ id: z.string(), status: ConnectionStatus }),
});
export const SuccessAnswer = z.object({ success: z.literal(true) });
export const CompletedAuthAnswer = z.object({ connected_account_id: z.string(), toolkit_slug: z.string() });
