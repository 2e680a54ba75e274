import type { Connection } from '@patchbay/contracts';

/** The literal that stands in the contract for a secret that is not shown. */
const REDACTED = 'REDACTED';

/** An account in the contract's form (endpoints 5). No secret leaves: on managed configs all are redacted. */
export function presentConnectedAccount(connection: Connection) {
  const { authScheme } = connection.authConfig;
  const val = {
    status: connection.status,
    ...(connection.status === 'ACTIVE' && { access_token: REDACTED }),
    // The client drops a state without it; the link itself was answered once and is not kept readable.
    ...(connection.status === 'INITIATED' && { redirectUrl: '' }),
    ...(connection.displayName && { displayName: connection.displayName }),
    ...(connection.status === 'FAILED' && connection.statusReason && { error: connection.statusReason }),
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
      is_disabled: false,
    },
    state: { authScheme, val },
    data: val,
    created_at: connection.createdAt,
    updated_at: connection.updatedAt,
    experimental: { account_type: 'PRIVATE' },
  };
}
