/*
 * What the error codes and descriptions of providers mean. Codes are compared in lower case, with `_` for
 * everything between letters and digits.
 */

/** A grant that is no longer valid, with the codes of providers that do not use `invalid_grant` (RFC 6749, section 5.2). */
const GRANT_INVALID = new Set([
  'invalid_grant',
  'access_denied',
  // GitHub and HubSpot; Slack, Typeform and others.
  'bad_refresh_token',
  'invalid_refresh_token',
  'refresh_token_invalid',
  'refresh_token_expired',
  'expired_refresh_token',
  'refresh_token_revoked',
  'revoked_refresh_token',
  'refresh_token_not_found',
  'refresh_token_reused',
  'unknown_refresh_token',
  // Slack, Auth0, Zoom.
  'invalid_auth',
  'invalid_token',
  'token_invalid',
  'token_expired',
  'expired_token',
  'token_revoked',
  'revoked_token',
  'token_inactive',
  'inactive_token',
  'token_not_found',
  'account_inactive',
  // Zoho uses it for a refresh token, too.
  'invalid_code',
  // Salesforce.
  'inactive_user',
  'inactive_org',
  'user_inactive',
  'user_disabled',
  'user_not_found',
  'user_deleted',
  'account_disabled',
  'account_deleted',
  'account_suspended',
  'session_expired',
  'invalid_session',
  'authorization_revoked',
  'authorization_expired',
  'grant_revoked',
  'grant_expired',
  'grant_not_found',
  // OpenID Connect Core, section 3.1.2.6: the user has to act.
  'interaction_required',
  'login_required',
  'consent_required',
  'consent_revoked',
]);

/** Transient errors (RFC 6749, section 4.1.2.1, and common codes). */
const TRANSIENT = new Set([
  'temporarily_unavailable',
  'server_error',
  'slow_down',
  'rate_limited',
  'ratelimited',
  'rate_limit_exceeded',
  'too_many_requests',
  'quota_exceeded',
  'internal_error',
  'internal_failure',
  'internal_server_error',
  'service_unavailable',
  'fatal_error',
  'unknown_error',
  'request_timeout',
  'timeout',
]);

/** The OAuth client is refused, which its administrator has to correct and no user can. */
const CLIENT = new Set([
  'invalid_client',
  'unauthorized_client',
  'incorrect_client_credentials',
  'invalid_client_id',
  'bad_client_id',
  'bad_client_secret',
  'client_not_found',
  'unknown_client',
  'application_suspended',
  'invalid_application',
  // RFC 6749, section 5.2: the status for an unknown client.
  'http_401',
]);

/** Codes about the request. Their description may mention a token all the same. */
const REQUEST_CODES = new Set([
  'invalid_scope',
  'invalid_target',
  'unsupported_grant_type',
  'redirect_uri_mismatch',
]);

const TRANSIENT_DESCRIPTION =
  /too many (requests|attempts)|rate.?limit|try again (later|after|in)|temporar|retry your request|already being processed/i;

const A_GRANT =
  '(?:refresh[ _-]?token|token(?![ _-]?(?:request|endpoint|url|uri|type|auth))|grant(?![ _-]?type)|session|consent)';
const OVER =
  '(?:invalid|not valid|no longer valid|expired|revoked|unknown|not found|not exist|inactive|not active|deleted|malformed|already used|blacklisted|incorrect)';
/** "The refresh token is invalid, expired or revoked", in either order. */
const GRANT_INVALID_DESCRIPTION = new RegExp(
  `\\b${A_GRANT}\\b[^.;]{0,60}\\b${OVER}|\\b${OVER}\\b[^.;]{0,30}\\b${A_GRANT}\\b`,
  'i',
);

/** Whether a code means that the grant is no longer valid, in a refresh as in any other request. */
export function isGrantInvalid(code: string): boolean {
  return GRANT_INVALID.has(normalizeCode(code));
}

/**
 * Whether a refused refresh means that the refresh token is no longer valid. Many use a code that has another meaning in
 * RFC 6749, and only the description tells: Atlassian `unauthorized_client`, LinkedIn and X `invalid_request`.
 */
export function isRefreshTokenInvalid(code: string, description: string): boolean {
  const normalized = normalizeCode(code);
  if (isGrantInvalid(code)) return true;
  if (normalized === 'invalid_client' || REQUEST_CODES.has(normalized)) return false;
  return (
    GRANT_INVALID_DESCRIPTION.test(description) || GRANT_INVALID_DESCRIPTION.test(code.replaceAll('_', ' '))
  );
}

export function isTransient(code: string, description = ''): boolean {
  return TRANSIENT.has(normalizeCode(code)) || TRANSIENT_DESCRIPTION.test(description);
}

/** Whether a refusal is about the OAuth client rather than about what it asked for. */
export function isAboutClient(code: string): boolean {
  return CLIENT.has(normalizeCode(code));
}

/**
 * Whether the `resource` of the request (RFC 8707) may be what was refused. Servers that do not know it use codes of all
 * kinds: `invalid_target`, `invalid_request`, AADSTS9010010.
 */
export function mayRefuseResource(code: string): boolean {
  const normalized = normalizeCode(code);
  const isOther = ['unsupported_grant_type', 'refused', 'address_refused'].includes(normalized);
  return !isGrantInvalid(code) && !isAboutClient(code) && !isOther;
}

/** Whether the error names the `resource`. */
export function refusesResource(code: string, description: string): boolean {
  return (
    normalizeCode(code) === 'invalid_target' ||
    (mayRefuseResource(code) && /\bresource\b|AADSTS901/i.test(description))
  );
}

function normalizeCode(code: string): string {
  return code
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
