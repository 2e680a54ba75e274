import { describe, expect, it } from 'vitest';
import { ErrorCode } from '@patchbay/contracts';
import { ERROR_TABLE, wireErrorFor } from './error-table.js';

const IN_A_SESSION = '/api/v3.1/tool_router/session/:sessionId/execute';
const OUTSIDE = '/api/v3.1/tools/:slug';

describe('a refusal on the wire', () => {
  it('is known for every code, and for no other', () => {
    expect(Object.keys(ERROR_TABLE).toSorted()).toEqual(ErrorCode.options.toSorted());
  });

  /** docs/api/errors.md#codes */
  it.each([
    ['forbidden', 403, 812, 'APIKey_InsufficientPermissions'],
    ['tool_not_found', 404, 2401, 'Tool_ToolNotFound'],
    ['account_not_usable', 400, 600, 'ConnectedAccount_BadRequest'],
    ['connection_not_found', 404, 404, 'ConnectedAccount_ResourceNotFound'],
    ['unauthenticated', 401, 401, 'HTTP_Unauthorized'],
    ['rate_limited', 429, 429, 'HTTP_TooManyRequests'],
  ] as const)('says %s as the contract has it', (code, status, number, slug) => {
    expect(wireErrorFor(code, OUTSIDE)).toEqual({ status, number, slug });
  });

  it.each([
    ['invalid_request', 400, 4300, 'ToolRouterV2_BadRequest'],
    ['tool_not_found', 404, 4301, 'ToolRouterV2_ToolNotFound'],
    ['no_active_connection', 400, 4302, 'ToolRouterV2_NoActiveConnection'],
    ['toolkits_unknown', 400, 4305, 'ToolRouterV2_InvalidToolkitSlugs'],
    ['no_auth_config', 400, 4308, 'ToolRouterV2_NoManagedAuth'],
    ['toolkit_not_allowed', 400, 4324, 'ToolRouterV2_ToolkitNotAllowed'],
    ['toolkit_needs_no_account', 400, 4326, 'ToolRouterV2_ToolkitsIsNoAuth'],
    ['internal', 500, 4340, 'ToolRouterV2_InternalServerError'],
  ] as const)('says %s inside of a session as the contract has it', (code, status, number, slug) => {
    expect(wireErrorFor(code, IN_A_SESSION)).toEqual({ status, number, slug });
  });

  /** The contract has no number for these. */
  it.each([
    ['tool_not_allowed', 400, 'ToolRouterV2_ToolNotInEnabledList'],
    ['pinned_accounts_invalid', 400, 'ToolRouterV2_InvalidConnectedAccountIds'],
    ['session_not_found', 404, 'ToolRouterV2_SessionNotFound'],
  ] as const)('gives %s its slug and status', (code, status, slug) => {
    expect(wireErrorFor(code, IN_A_SESSION)).toMatchObject({ status, slug });
  });

  it('takes the same number as status where it has none of its own', () => {
    for (const { status, number } of Object.values(ERROR_TABLE)) {
      expect(number === status || number >= 600).toBe(true);
    }
  });
});
