/*
 * What providers mean by the words of their refusals. Codes are compared in one spelling: lower case, with `_` for
 * whatever else stands between letters.
 */

/** A grant that is over for good, in the words of those that do not say `invalid_grant` (RFC 6749, section 5.2). */
const GONE = new Set([
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
  // Zoho says so of a refresh token, too.
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
  // OpenID Connect Core, section 3.1.2.6: only the person can help.
  'interaction_required',
  'login_required',
  'consent_required',
  'consent_revoked',
]);

/** What passes although it is reported as an error (RFC 6749, section 4.1.2.1, and common words). */
const PASSING = new Set([
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

/** The client is not accepted, or not for this: whoever set it up can help, and no user. */
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
  // RFC 6749, section 5.2: the status of a client that is not known.
  'http_401',
]);

/** Codes that speak of the request; their description may speak of a token all the same. */
const OF_THE_REQUEST = new Set([
  'invalid_scope',
  'invalid_target',
  'unsupported_grant_type',
  'redirect_uri_mismatch',
]);

const PASSING_WORDS =
  /too many (requests|attempts)|rate.?limit|try again (later|after|in)|temporar|retry your request|already being processed/i;

const A_GRANT =
  '(?:refresh[ _-]?token|token(?![ _-]?(?:request|endpoint|url|uri|type|auth))|grant(?![ _-]?type)|session|consent)';
const OVER =
  '(?:invalid|not valid|no longer valid|expired|revoked|unknown|not found|not exist|inactive|not active|deleted|malformed|already used|blacklisted|incorrect)';
/** "The refresh token is invalid, expired or revoked", in either order. */
const GONE_WORDS = new RegExp(
  `\\b${A_GRANT}\\b[^.;]{0,60}\\b${OVER}|\\b${OVER}\\b[^.;]{0,30}\\b${A_GRANT}\\b`,
  'i',
);

/** Whether a code says that the grant is over, with whatever it was asked for. */
export function meansGone(code: string): boolean {
  return GONE.has(spelled(code));
}

/**
 * Whether a refused refresh means that the refresh token is over for good. Many answer it with a code that says
 * something else in RFC 6749 and only tell in words: Atlassian `unauthorized_client`, LinkedIn and X `invalid_request`.
 */
export function saysGone(code: string, words: string): boolean {
  const word = spelled(code);
  if (meansGone(code)) return true;
  if (word === 'invalid_client' || OF_THE_REQUEST.has(word)) return false;
  return GONE_WORDS.test(words) || GONE_WORDS.test(code.replaceAll('_', ' '));
}

export function isPassing(code: string, words = ''): boolean {
  return PASSING.has(spelled(code)) || PASSING_WORDS.test(words);
}

/** Whether a refusal is about the OAuth client rather than about what it asked for. */
export function isAboutClient(code: string): boolean {
  return CLIENT.has(spelled(code));
}

/**
 * Whether what was refused may be the `resource` of the request (RFC 8707), which servers without it refuse in words of
 * all kinds: `invalid_target`, `invalid_request`, AADSTS9010010.
 */
export function mayRefuseResource(code: string): boolean {
  const word = spelled(code);
  const isOther = word === 'unsupported_grant_type' || word === 'refused' || word === 'address_refused';
  return !meansGone(code) && !isAboutClient(code) && !isOther;
}

/** Whether it says so itself. */
export function refusesResource(code: string, words: string): boolean {
  return (
    spelled(code) === 'invalid_target' || (mayRefuseResource(code) && /\bresource\b|AADSTS901/i.test(words))
  );
}

function spelled(code: string): string {
  return code
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
