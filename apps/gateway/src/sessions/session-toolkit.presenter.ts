import type { SessionToolkit } from '@patchbay/contracts';
import type { z } from 'zod';
import type { SessionToolkitAnswer } from './session.answer.js';

/** A session's toolkit as docs/api/sessions.md#toolkits-of-a-session has it. */
export function presentSessionToolkit(toolkit: SessionToolkit): z.output<typeof SessionToolkitAnswer> {
  const { slug, name, logo, description, connection, needsAccount } = toolkit;
  return {
    slug,
    name,
    enabled: true,
    is_no_auth: !needsAccount,
    composio_managed_auth_schemes: toolkit.managedAuthSchemes,
    meta: { logo, description },
    connected_account: connection && {
      id: connection.id,
      user_id: connection.userId,
      status: connection.status,
      created_at: connection.createdAt,
      auth_config: {
        id: connection.authConfig.id,
        auth_scheme: connection.authConfig.authScheme,
        is_composio_managed: connection.authConfig.isManaged,
      },
    },
  };
}
