import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError, type ConnectionDetail } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { type Accounts, EXPIRED_TOKENS, refused, startAccounts } from '../../test/accounts.js';
import { answer, raw } from '../../test/issuer.js';
import { RefreshSweep } from './refresh.sweep.js';

let on: Accounts;
let authConfigId: string;
beforeAll(async () => {
  on = await startAccounts();
  ({ id: authConfigId } = await on.newConfig('acme_oauth'));
  // Its round would refresh the accounts of these tests by itself.
  await on.auth.app.get(RefreshSweep).onModuleDestroy();
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

const asked = () => on.issuer.heardAt('/token');
const expired = () => on.create('acme_oauth', EXPIRED_TOKENS, { authConfigId });
const whyNot = (account: ConnectionDetail): Promise<AppError> =>
  on.open(account).then(
    () => Promise.reject(new Error('The account was opened')),
    (error: unknown) => error as AppError,
  );

describe('a refresh that is refused for good ends the account with the words of its provider', () => {
  it.each<[string, ReturnType<typeof answer>, string]>([
    [
      'invalid_grant',
      answer(400, { error: 'invalid_grant', error_description: 'Revoked' }),
      'invalid_grant: Revoked',
    ],
    ['invalid_grant with status 401', answer(401, { error: 'invalid_grant' }), 'invalid_grant'],
    ['invalid_grant with status 403', answer(403, { error: 'invalid_grant' }), 'invalid_grant'],
    ['invalid_grant in capitals', answer(400, { error: 'INVALID_GRANT' }), 'INVALID_GRANT'],
    [
      'invalid_refresh_token with status 200',
      answer(200, { ok: false, error: 'invalid_refresh_token' }),
      'invalid_refresh_token',
    ],
    ['token_expired with status 200', answer(200, { ok: false, error: 'token_expired' }), 'token_expired'],
    ['token_revoked with status 200', answer(200, { ok: false, error: 'token_revoked' }), 'token_revoked'],
    [
      'account_inactive with status 200',
      answer(200, { ok: false, error: 'account_inactive' }),
      'account_inactive',
    ],
    [
      'bad_refresh_token with status 200',
      answer(200, {
        error: 'bad_refresh_token',
        error_description: 'The refresh token passed is incorrect or expired.',
      }),
      'bad_refresh_token: The refresh',
    ],
    [
      'BAD_REFRESH_TOKEN as a status',
      answer(400, { status: 'BAD_REFRESH_TOKEN', message: 'missing or unknown refresh token' }),
      'BAD_REFRESH_TOKEN: missing',
    ],
    ['refresh_token_expired', answer(400, { error: 'refresh_token_expired' }), 'refresh_token_expired'],
    ['expired_token', answer(401, { error: 'expired_token' }), 'expired_token'],
    [
      'invalid_token',
      answer(401, { error: 'invalid_token', error_description: 'Unknown' }),
      'invalid_token: Unknown',
    ],
    ['invalid_code with status 200', answer(200, { error: 'invalid_code' }), 'invalid_code'],
    [
      'inactive_user',
      answer(400, { error: 'inactive_user', error_description: 'user is inactive' }),
      'inactive_user: user',
    ],
    [
      'interaction_required',
      answer(400, { error: 'interaction_required', error_description: 'AADSTS50076: multi-factor' }),
      'interaction_required: AADSTS50076',
    ],
    ['consent_required', answer(400, { error: 'consent_required' }), 'consent_required'],
    ['login_required', answer(400, { error: 'login_required' }), 'login_required'],
    [
      'unauthorized_client of a refresh_token',
      answer(403, { error: 'unauthorized_client', error_description: 'refresh_token is invalid' }),
      'unauthorized_client: refresh_token is invalid',
    ],
    [
      'unauthorized_client of an unknown token',
      answer(403, { error: 'unauthorized_client', error_description: 'Unknown or invalid refresh token.' }),
      'unauthorized_client: Unknown',
    ],
    [
      'invalid_request of a grant',
      answer(400, {
        error: 'invalid_request',
        error_description: 'The provided authorization grant or refresh token is invalid, expired or revoked',
      }),
      'invalid_request: The provided',
    ],
    [
      'invalid_request of a token',
      answer(400, { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' }),
      'invalid_request: Value',
    ],
    [
      'invalid_request with a reason',
      answer(401, { reason: 'Invalid Token!', error: 'invalid_request' }),
      'invalid_request: Invalid Token!',
    ],
    [
      'a sentence in the place of the code',
      answer(400, { error: 'Invalid refresh token' }),
      'Invalid refresh token',
    ],
    [
      'a sentence in an object',
      answer(400, { error: { code: 400, message: 'The refresh token has been revoked.' } }),
      'The refresh token has been revoked.',
    ],
    [
      'a list of errors',
      answer(400, {
        errors: [{ errorType: 'invalid_grant', message: 'Refresh token invalid: abc' }],
        success: false,
      }),
      'invalid_grant: Refresh token invalid',
    ],
    [
      'a list of fields',
      answer(400, {
        message: 'Bad Request',
        errors: [{ resource: 'RefreshToken', field: 'refresh_token', code: 'invalid' }],
      }),
      'refresh_token',
    ],
    [
      'a number with words',
      answer(200, { code: 20064, msg: 'The refresh token has been revoked.' }),
      '20064: The refresh token',
    ],
    [
      'a status with words',
      answer(200, { status: 503, error: 'Invalid Params: invalid refresh_token' }),
      'invalid refresh_token',
    ],
    [
      'a fault',
      answer(401, {
        fault: {
          faultstring: 'Invalid Refresh Token',
          detail: { errorcode: 'keymanagement.service.invalid_refresh_token' },
        },
      }),
      'Invalid Refresh Token',
    ],
    ['a detail', answer(401, { detail: 'Refresh token has expired' }), 'Refresh token has expired'],
    ['a form', raw(400, 'error=invalid_grant&error_description=Gone', 'text/plain'), 'invalid_grant: Gone'],
    ['plain text', raw(400, 'refresh token not found', 'text/plain'), 'refresh token not found'],
  ])('%s', async (_, instead, words) => {
    on.issuer.instead['/token'] = instead;
    const account = await expired();
    const error = await whyNot(account);
    expect(error).toMatchObject(refused('no_active_connection'));
    expect(error.message).toContain(words);
    const { status, statusReason } = await on.get(account.id);
    expect(status).toBe('EXPIRED');
    expect(statusReason).toContain('Permanent auth error on refresh');
    expect(statusReason).toContain(words);
    expect(asked()).toHaveLength(1);
  });
});

describe('a refresh that fails for now leaves the account as it was', () => {
  it.each<[string, ReturnType<typeof answer>, string, string]>([
    [
      'too many requests with status 400',
      answer(400, {
        error: 'Access Denied',
        error_description: 'You have made too many requests continuously. Please try again after some time.',
      }),
      'unavailable',
      'too many requests',
    ],
    [
      'a request that is already being made',
      answer(400, { error: 'invalid_grant', error_description: 'token request is already being processed' }),
      'unavailable',
      'already being processed',
    ],
    [
      'unknown_error',
      answer(400, { error: 'unknown_error', error_description: 'retry your request' }),
      'unavailable',
      'retry',
    ],
    [
      'ratelimited with status 200',
      answer(200, { ok: false, error: 'ratelimited' }),
      'unavailable',
      'ratelimited',
    ],
    [
      'fatal_error with status 200',
      answer(200, { ok: false, error: 'fatal_error' }),
      'unavailable',
      'fatal_error',
    ],
    [
      'temporarily_unavailable',
      answer(400, { error: 'temporarily_unavailable' }),
      'unavailable',
      'temporarily_unavailable',
    ],
    ['408', answer(408, {}), 'unavailable', 'answered 408'],
    [
      '503 with an error that would be for good',
      answer(503, { error: 'invalid_grant' }),
      'unavailable',
      'answered 503',
    ],
    [
      'invalid_client',
      answer(401, { error: 'invalid_client', error_description: 'Secret expired' }),
      'credential_refused',
      'Secret expired',
    ],
    [
      'invalid_client with status 200',
      answer(200, { error: 'incorrect_client_credentials' }),
      'credential_refused',
      'incorrect_client_credentials',
    ],
    [
      'a client that may not refresh',
      answer(400, {
        error: 'unauthorized_client',
        error_description: 'The client may not use this grant type',
      }),
      'credential_refused',
      'grant type',
    ],
    [
      'invalid_request of something else',
      answer(400, { error: 'invalid_request', error_description: 'Invalid authorization header' }),
      'credential_refused',
      'Invalid authorization header',
    ],
    [
      'invalid_scope of a token',
      answer(400, { error: 'invalid_scope', error_description: 'The scope of the token is invalid' }),
      'credential_refused',
      'invalid_scope',
    ],
    ['401 without words', raw(401, '', 'text/html'), 'credential_refused', 'answered 401'],
    ['403 without words', raw(403, '', 'text/html'), 'credential_refused', 'answered 403'],
    ['404', answer(404, {}), 'credential_refused', 'answered 404'],
    ['a page', raw(200, '<html>Maintenance</html>', 'text/html'), 'credential_refused', 'is no JSON'],
    [
      'no token',
      answer(200, { result: '0000', message: 'OK' }),
      'credential_refused',
      'holds no access token',
    ],
  ])('%s', async (_, instead, code, words) => {
    on.issuer.instead['/token'] = instead;
    const account = await expired();
    const error = await whyNot(account);
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/could not be reached/);
    expect(error.suggestion).toBeTruthy();
    expect(await on.get(account.id)).toMatchObject({ status: 'ACTIVE', statusReason: null });
    // Told again while it is left alone, without another request.
    expect((await whyNot(account)).message).toBe(error.message);
    expect(asked()).toHaveLength(1);
  });

  it('and is asked again, with nothing kept of the refusal', async () => {
    on.issuer.instead['/token'] = answer(400, { error: 'temporarily_unavailable' });
    const account = await expired();
    expect(await whyNot(account)).toMatchObject(refused('unavailable'));
    expect(await on.sql('SELECT * FROM auth.refreshes WHERE connection_id = $1', [account.id])).toEqual([]);
    delete on.issuer.instead['/token'];
    await eventually(
      async () => expect((await on.open(account)).headers['authorization']).toBe('Bearer access-1'),
      { timeout: 15_000 },
    );
  });

  it('with a token that is still good being used', async () => {
    on.issuer.instead['/token'] = answer(401, { error: 'invalid_client' });
    const account = await on.create('acme_oauth', { ...EXPIRED_TOKENS, expires_in: 50 }, { authConfigId });
    expect((await on.open(account)).headers['authorization']).toBe('Bearer access-0');
  });
});

describe('a client of the account alone', () => {
  it.each(['invalid_client', 'unauthorized_client', 'client_not_found'])(
    'takes the account along when its server does not know it any more: %s',
    async (error) => {
      on.issuer.rules.expiresIn = 0.001;
      const account = await on.signIn('acme_dcr');
      on.issuer.instead['/token'] = answer(401, { error, error_description: 'No such client' });
      expect(await whyNot(account)).toMatchObject(refused('no_active_connection'));
      const { status, statusReason } = await on.get(account.id);
      expect([status, statusReason]).toEqual([
        'EXPIRED',
        `Permanent auth error on refresh: ${error}: No such client`,
      ]);
    },
  );
});
