import type { AuthScheme } from './auth-configs.contract.js';
import type { Connection, ConnectionDetail } from './connections.contract.js';

/* The names of the wire for accounts: the API answers them, and events tell them. */

/** An account as docs/api/connected-accounts.md#an-account has it. @param connection with its secrets masked, or without state */
export function accountBody(connection: ConnectionDetail) {
  const { authScheme, enabled } = connection.authConfig;
  const val = {
    ...stateOf(connection),
    ...connection.state,
    status: connection.status,
    ...(connection.displayName && { displayName: connection.displayName }),
  };
  return {
    id: connection.id,
    word_id: connection.wordId,
    alias: connection.alias,
    user_id: connection.userId,
    status: connection.status,
    status_reason: connection.statusReason,
    is_disabled: connection.status === 'INACTIVE',
    toolkit: { slug: connection.toolkit },
    auth_config: {
      id: connection.authConfig.id,
      auth_scheme: authScheme,
      is_composio_managed: connection.authConfig.isManaged,
      is_disabled: !enabled,
    },
    state: { authScheme, val },
    data: val,
    created_at: connection.createdAt,
    updated_at: connection.updatedAt,
    experimental: accountTypeBody(connection),
  };
}

export function accountTypeBody({ accountType, accessList }: Connection) {
  return {
    account_type: accountType,
    ...(accountType === 'SHARED' && {
      acl_config_for_shared: {
        allow_all_users: accessList.allowAllUsers,
        allowed_user_ids: accessList.allowedUserIds,
        not_allowed_user_ids: accessList.notAllowedUserIds,
      },
    }),
  };
}

/** Registered for the account, or described by a document of ours. */
function hasOwnClient(scheme: AuthScheme): boolean {
  return scheme === 'DCR_OAUTH' || scheme === 'CIMD_OAUTH';
}

/** What a state holds besides its credential (docs/api/connected-accounts.md#state). */
function stateOf({ status, statusReason, updatedAt, authConfig }: Connection): Record<string, unknown> {
  switch (status) {
    case 'INITIATED':
      // The client drops a state without them; the link itself was answered once and is not kept readable.
      return authConfig.authScheme === 'OAUTH1'
        ? { redirectUrl: '', authUri: '', oauth_token: '', oauth_token_secret: '' }
        : { redirectUrl: '', ...(hasOwnClient(authConfig.authScheme) && { client_id: '' }) };
    case 'FAILED':
      return statusReason ? { error: statusReason } : {};
    case 'EXPIRED':
      return { expired_at: updatedAt };
    case 'REVOKED':
      return { revoked_at: updatedAt };
    default:
      return {};
  }
}
