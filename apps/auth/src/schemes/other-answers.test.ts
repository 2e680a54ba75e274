import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { revokeConnection } from '@patchbay/contracts';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { answer, raw } from '../../test/issuer.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const ENTERED: Record<string, Record<string, string>> = {
  acme_s2s: { client_id: 'robot', client_secret: 's' },
  acme_google: {
    credentials_json: JSON.stringify({ client_email: 'robot@acme.example', private_key: privateKey }),
  },
  acme_app: { application_id: '1', installation_id: '7', private_key: privateKey },
  acme_jwt: { username: 'ann', password: 'pw' },
};
const PATHS: Record<string, string> = {
  acme_s2s: '/token',
  acme_google: '/token',
  acme_app: '/app/installations/7/access_tokens',
  acme_jwt: '/login',
};
const create = (toolkit: string) => on.create(toolkit, ENTERED[toolkit] ?? {});
const jwt = 'eyJhbGciOiJub25lIn0.e30.sig';

describe('an answer for an account without a sign-in is understood', () => {
  it.each<[string, string, ReturnType<typeof answer>, string?]>([
    ['client credentials', 'with status 201', answer(201, { access_token: 'tok-1' })],
    [
      'client credentials',
      'with an expires_in in digits',
      answer(200, { access_token: 'tok-1', expires_in: '3600', scope: ['a'] }),
    ],
    ['client credentials', 'as a form', raw(200, 'access_token=tok-1', 'text/plain')],
    [
      'client credentials',
      'with a refresh_token of null',
      answer(200, { access_token: 'tok-1', refresh_token: null }),
    ],
    ['client credentials', 'in camel case', answer(200, { accessToken: 'tok-1', expiresIn: 60 })],
    ['JWT grant', 'with status 201', answer(201, { access_token: 'tok-1', expires_in: '3600' })],
    ['JWT grant', 'without a token_type', answer(200, { access_token: 'tok-1', scope: null })],
    ['JWT grant', 'as JSON that is called text', raw(200, '{"access_token":"tok-1"}', 'text/plain')],
    ['installation', 'with status 200', answer(200, { token: 'tok-1', expires_at: '2099-01-01T00:00:00Z' })],
    [
      'installation',
      'with expires_at in seconds',
      answer(201, { token: 'tok-1', expires_at: 4_070_908_800 }),
    ],
    ['installation', 'with expires_at of null', answer(201, { token: 'tok-1', expires_at: null })],
    ['login', 'with Bearer before the token', answer(200, { jwt: 'Bearer tok-1' })],
    ['login', 'with status 201', answer(201, { jwt: 'tok-1' })],
    ['login', 'as the token alone', raw(200, jwt, 'text/plain'), jwt],
    ['login', 'as the token alone in JSON', answer(200, jwt), jwt],
  ])('of a %s, %s', async (kind, _, instead, token = 'tok-1') => {
    const toolkit = {
      'client credentials': 'acme_s2s',
      'JWT grant': 'acme_google',
      installation: 'acme_app',
      login: 'acme_jwt',
    }[kind]!;
    on.issuer.instead[PATHS[toolkit]!] = instead;
    const account = await create(toolkit);
    expect((await on.open(account)).headers['authorization']).toBe(`Bearer ${token}`);
  });
});

describe('an answer for an account without a sign-in is refused with what was wrong', () => {
  it.each<[string, string, ReturnType<typeof answer>, string, string]>([
    ['acme_s2s', 'no token', answer(200, {}), 'unavailable', 'holds no access token'],
    [
      'acme_s2s',
      'a refusal with status 200',
      answer(200, { error: 'invalid_client', error_description: 'No' }),
      'credential_refused',
      'No',
    ],
    [
      'acme_s2s',
      'a 401 with words',
      answer(401, { message: 'Bad credentials' }),
      'credential_refused',
      'Bad credentials',
    ],
    ['acme_s2s', '500', answer(500, {}), 'unavailable', 'answered 500'],
    [
      'acme_google',
      'a refusal',
      answer(400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }),
      'credential_refused',
      'Invalid JWT Signature.',
    ],
    ['acme_google', 'a page', raw(200, '<html>', 'text/html'), 'unavailable', 'is no JSON'],
    ['acme_app', 'no token', answer(201, { expires_at: 1 }), 'unavailable', 'holds no token'],
    [
      'acme_app',
      'words',
      answer(401, { message: 'A JSON web token could not be decoded' }),
      'credential_refused',
      'could not be decoded',
    ],
    [
      'acme_app',
      'a 403 for too many',
      answer(403, { message: 'API rate limit exceeded' }),
      'unavailable',
      'rate limit',
    ],
    ['acme_jwt', 'null', answer(200, null), 'unavailable', 'is no JSON'],
    ['acme_jwt', 'a list', answer(200, ['a']), 'unavailable', 'is no JSON'],
    ['acme_jwt', 'a token that is an object', answer(200, { jwt: { a: 1 } }), 'unavailable', 'holds no jwt'],
    [
      'acme_jwt',
      'a refusal with status 200',
      answer(200, { success: false, message: 'Wrong password' }),
      'credential_refused',
      'Wrong password',
    ],
    [
      'acme_jwt',
      'a refusal',
      answer(401, { detail: 'Wrong password' }),
      'credential_refused',
      'Wrong password',
    ],
  ])('of %s: %s', async (toolkit, _, instead, code, words) => {
    on.issuer.instead[PATHS[toolkit]!] = instead;
    const error = await create(toolkit).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(refused(code));
    expect((error as Error).message).toContain(words);
  });
});

describe('an answer to a revocation', () => {
  const answered =
    (byToken: Record<string, ReturnType<typeof answer>>): ReturnType<typeof answer> =>
    (response, request) =>
      (byToken[String(request.form.get('token'))?.split('-')[0] ?? ''] ?? answer(200, {}))(response, request);
  const revoke = async (instead: ReturnType<typeof answer>) => {
    const { id } = await on.signIn('acme_oauth');
    on.issuer.instead['/revoke'] = instead;
    return on.bus.request(revokeConnection, { projectId: on.projectId, id });
  };

  it.each<[string, ReturnType<typeof answer>, string[]]>([
    ['is 200', answer(200, {}), ['refresh_token', 'access_token']],
    ['is 204', raw(204, ''), ['refresh_token', 'access_token']],
    ['is 200 with a page', raw(200, '<html>', 'text/html'), ['refresh_token', 'access_token']],
    ['is 200 with ok', answer(200, { ok: true, revoked: true }), ['refresh_token', 'access_token']],
    [
      'says that the token is not known',
      answer(400, { error: 'invalid_token' }),
      ['refresh_token', 'access_token'],
    ],
    [
      'says so with status 200',
      answer(200, { ok: false, error: 'token_revoked' }),
      ['refresh_token', 'access_token'],
    ],
    [
      'says that the access token went along',
      answered({ access: answer(400, { error: 'invalid_token' }) }),
      ['refresh_token', 'access_token'],
    ],
    [
      'says so in words',
      answered({
        access: answer(400, { error: 'invalid_request', error_description: 'Token expired or revoked' }),
      }),
      ['refresh_token', 'access_token'],
    ],
    [
      'takes refresh tokens only',
      answered({ access: answer(400, { error: 'unsupported_token_type' }) }),
      ['refresh_token'],
    ],
  ])('that %s ends the account', async (_, instead, revoked) => {
    expect(await revoke(instead)).toMatchObject({ connection: { status: 'REVOKED' }, revoked });
  });

  it.each<[string, ReturnType<typeof answer>, string]>([
    ['refuses the client', answer(401, { error: 'invalid_client' }), 'credential_refused'],
    ['is 503', answer(503, {}), 'unavailable'],
    ['takes no token of ours', answer(400, { error: 'unsupported_token_type' }), 'credential_refused'],
    ['says no with status 200', answer(200, { ok: false, error: 'not_allowed' }), 'credential_refused'],
  ])('that %s leaves the account as it was', async (_, instead, code) => {
    await expect(revoke(instead)).rejects.toMatchObject(refused(code));
  });
});

describe('an OAuth 1 answer', () => {
  it.each<[string, ReturnType<typeof answer>, string, string]>([
    ['asks to slow down', answer(429, {}), 'unavailable', 'slow down'],
    [
      'refuses in words',
      raw(401, 'oauth_problem=consumer_key_rejected', 'text/plain'),
      'credential_refused',
      'consumer_key_rejected',
    ],
    [
      'refuses in JSON',
      answer(401, { errors: [{ code: 32, message: 'Could not authenticate you.' }] }),
      'credential_refused',
      'Could not authenticate you.',
    ],
    ['is a page', raw(200, '<html>', 'text/html'), 'unavailable', 'is no JSON'],
  ])('that %s is told so', async (_, instead, code, words) => {
    on.issuer.instead['/request_token'] = instead;
    const { token } = await on.newLink('acme_oauth1');
    const error = await on.follow(token).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(refused(code));
    expect((error as Error).message).toContain(words);
  });

  it('may be JSON', async () => {
    on.issuer.instead['/request_token'] = answer(200, { oauth_token: 'request-1', oauth_token_secret: 's' });
    const { token } = await on.newLink('acme_oauth1');
    expect((await on.follow(token)).searchParams.get('oauth_token')).toBe('request-1');
  });
});
