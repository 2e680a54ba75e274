import type { ErrorCode } from '@patchbay/contracts';

export interface WireError {
  status: number;
  /** The number that clients know it by; the status where there is none. */
  number: number;
  slug: string;
}

/** What each refusal is on the wire (docs/api/errors.md#codes). The one place where a code meets a status. */
export const ERROR_TABLE: Record<ErrorCode, WireError> = {
  invalid_request: { status: 400, number: 400, slug: 'HTTP_BadRequest' },
  unauthenticated: { status: 401, number: 401, slug: 'HTTP_Unauthorized' },
  forbidden: { status: 403, number: 812, slug: 'APIKey_InsufficientPermissions' },
  not_found: { status: 404, number: 404, slug: 'HTTP_NotFound' },
  conflict: { status: 409, number: 409, slug: 'HTTP_Conflict' },
  idempotency_key_reused: { status: 422, number: 422, slug: 'HTTP_UnprocessableEntity' },
  rate_limited: { status: 429, number: 429, slug: 'HTTP_TooManyRequests' },
  unavailable: { status: 503, number: 503, slug: 'HTTP_ServiceUnavailable' },
  internal: { status: 500, number: 500, slug: 'HTTP_InternalServerError' },
  session_not_found: { status: 404, number: 404, slug: 'ToolRouterV2_SessionNotFound' },
  // Between services alone: a session that was sent by reference to who does not know it.
  session_unknown: { status: 503, number: 503, slug: 'HTTP_ServiceUnavailable' },
  connection_not_found: { status: 404, number: 404, slug: 'ConnectedAccount_ResourceNotFound' },
  toolkit_not_found: { status: 404, number: 404, slug: 'Toolkit_ToolkitNotFound' },
  toolkits_unknown: { status: 400, number: 4305, slug: 'ToolRouterV2_InvalidToolkitSlugs' },
  toolkit_not_allowed: { status: 400, number: 4324, slug: 'ToolRouterV2_ToolkitNotAllowed' },
  toolkit_needs_no_account: { status: 400, number: 4326, slug: 'ToolRouterV2_ToolkitsIsNoAuth' },
  tool_not_found: { status: 404, number: 2401, slug: 'Tool_ToolNotFound' },
  tool_not_allowed: { status: 400, number: 400, slug: 'ToolRouterV2_ToolNotInEnabledList' },
  trigger_type_not_found: { status: 404, number: 404, slug: 'TriggerType_NotFound' },
  permission_required: { status: 403, number: 403, slug: 'ToolRouterV2_PermissionRequired' },
  permission_denied: { status: 403, number: 403, slug: 'ToolRouterV2_PermissionDenied' },
  meta_tool_not_enabled: { status: 400, number: 4300, slug: 'ToolRouterV2_BadRequest' },
  no_auth_config: { status: 400, number: 4308, slug: 'ToolRouterV2_NoManagedAuth' },
  no_active_connection: { status: 400, number: 4302, slug: 'ToolRouterV2_NoActiveConnection' },
  account_not_usable: { status: 400, number: 600, slug: 'ConnectedAccount_BadRequest' },
  account_choice_required: { status: 400, number: 600, slug: 'ConnectedAccount_BadRequest' },
  pinned_accounts_invalid: { status: 400, number: 4300, slug: 'ToolRouterV2_InvalidConnectedAccountIds' },
  credential_refused: { status: 400, number: 600, slug: 'ConnectedAccount_BadRequest' },
  access_list_needs_shared: { status: 400, number: 600, slug: 'ConnectedAccount_BadRequest' },
  account_of_another_user: {
    status: 400,
    number: 1812,
    slug: 'ActionExecute_ConnectedAccountEntityIdMismatch',
  },
  account_not_shared: { status: 403, number: 403, slug: 'ConnectedAccount_AccessDenied' },
  tool_deprecated: { status: 410, number: 410, slug: 'Tool_Deprecated' },
  missing_auth_context: { status: 400, number: 400, slug: 'ExternalProxy_MissingAuthContext' },
  origin_mismatch: { status: 400, number: 400, slug: 'ExternalProxy_OriginMismatch' },
  target_not_public: { status: 400, number: 400, slug: 'ExternalProxy_SSRFBlocked' },
  provider_refused: { status: 400, number: 400, slug: 'TriggerInstance_ProviderRefused' },
  provider_unreachable: { status: 502, number: 502, slug: 'ExternalProxy_ProviderUnreachable' },
  provider_timeout: { status: 504, number: 504, slug: 'ExternalProxy_ProviderTimeout' },
  file_too_large: { status: 413, number: 413, slug: 'Files_TooLarge' },
  file_link_invalid: { status: 403, number: 403, slug: 'Files_LinkNotUsable' },
  sandbox_lost: { status: 500, number: 500, slug: 'ToolRouterV2_SandboxLost' },
  sandbox_limit: { status: 429, number: 429, slug: 'ToolRouterV2_SandboxLimit' },
  public_url_required: { status: 501, number: 501, slug: 'HTTP_NotImplemented' },
  link_not_usable: { status: 404, number: 404, slug: 'ConnectedAccount_ResourceNotFound' },
};

/** Some refusals have names of their own inside a session. */
const IN_A_SESSION: Partial<Record<ErrorCode, WireError>> = {
  invalid_request: { status: 400, number: 4300, slug: 'ToolRouterV2_BadRequest' },
  tool_not_found: { status: 404, number: 4301, slug: 'ToolRouterV2_ToolNotFound' },
  internal: { status: 500, number: 4340, slug: 'ToolRouterV2_InternalServerError' },
};

const NO_ACCOUNT = { status: 400, number: 1803, slug: 'ActionExecute_ConnectedAccountNotFound' };
/** Outside of sessions the official SDK looks for these numbers. */
const OF_DIRECT_CALLS: Partial<Record<ErrorCode, WireError>> = {
  no_active_connection: NO_ACCOUNT,
  account_not_usable: NO_ACCOUNT,
  connection_not_found: NO_ACCOUNT,
};

const OF_ACCOUNTS: Partial<Record<ErrorCode, WireError>> = {
  account_of_another_user: { status: 400, number: 600, slug: 'ConnectedAccount_BadRequest' },
  invalid_request: { status: 400, number: 600, slug: 'ConnectedAccount_BadRequest' },
};

export function wireErrorFor(code: ErrorCode, route: string): WireError {
  const own = route.includes('/tool_router/')
    ? IN_A_SESSION
    : route.includes('/tools/execute/')
      ? OF_DIRECT_CALLS
      : route.includes('/connected_accounts')
        ? OF_ACCOUNTS
        : {};
  return own[code] ?? ERROR_TABLE[code];
}
