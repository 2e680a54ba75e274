import type { ErrorCode } from '@patchbay/contracts';

/** How a call may be refused before a provider is asked. */
export const CALL_ERRORS = [
  'tool_not_allowed',
  'toolkit_not_allowed',
  'toolkit_not_found',
  'meta_tool_not_enabled',
  'permission_required',
  'permission_denied',
  'no_auth_config',
  'no_active_connection',
  'account_not_usable',
  'account_choice_required',
  'account_not_shared',
  'connection_not_found',
  'credential_refused',
  'pinned_accounts_invalid',
  'tool_deprecated',
  'not_found',
  'file_too_large',
  'sandbox_lost',
  'sandbox_limit',
] as const satisfies ErrorCode[];
