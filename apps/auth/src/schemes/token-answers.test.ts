import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, minutesLeft, startAccounts } from '../../test/accounts.js';
import { answer, raw } from '../../test/issuer.js';

let on: Accounts;
let authConfigId: string;
beforeAll(async () => {
  on = await startAccounts();
  ({ id: authConfigId } = await on.newConfig('acme_oauth'));
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

const HOUR = 3_600;
const inAnHour = () => Math.round(Date.now() / 1000) + HOUR;
const given = { access_token: 'tok-1', token_type: 'bearer' };

interface Understood {
  /** Seconds; null where it does not end. */
  life?: number | null;
  scope?: string;
  refreshes?: boolean;
}

async function signIn(instead: Parameters<typeof on.complete>[0] | ReturnType<typeof answer>) {
  on.issuer.instead['/token'] = instead as ReturnType<typeof answer>;
  const { token, connection } = await on.newLink('acme_oauth', { authConfigId });
  const sent = await on.follow(token);
  const outcome = await on.complete({ code: 'c', state: String(sent.searchParams.get('state')) });
  return { outcome, account: await on.get(connection.id) };
}

async function expectUnderstood(
  { outcome, account }: Awaited<ReturnType<typeof signIn>>,
  { life = null, scope, refreshes = false }: Understood,
) {
  expect(outcome).toMatchObject({ status: 'success', errorDescription: null });
  const { state } = account;
  expect((await on.open(account)).headers['authorization']).toBe('Bearer tok-1');
  expect({ scope: state['scope'], refreshes: 'refresh_token' in state }).toEqual({ scope, refreshes });
  expect(minutesLeft(state)).toBe(life === null ? null : life / 60);
}

describe('a token answer is understood', () => {
  it.each<[string, unknown, Understood?]>([
    [
      'as the RFC has it',
      { ...given, expires_in: HOUR, scope: 'a b', refresh_token: 'r' },
      { life: HOUR, scope: 'a b', refreshes: true },
    ],
    ['without a token_type', { access_token: 'tok-1' }],
    ['with a token_type of null', { ...given, token_type: null }],
    ['with a token_type of its own', { ...given, token_type: 'BearerToken' }],
    ['with a list of scopes', { ...given, scope: ['a', 'b'] }, { scope: 'a b' }],
    ['with an empty list of scopes', { ...given, scope: [] }],
    ['with a scope of null', { ...given, scope: null }],
    ['with an empty scope', { ...given, scope: '' }],
    ['with a scope that is an object', { ...given, scope: { a: true } }],
    ['with scopes under another name', { ...given, scopes: ['a'] }, { scope: 'a' }],
    ['with a refresh_token of null', { ...given, refresh_token: null }],
    ['with an empty refresh_token', { ...given, refresh_token: '' }],
    ['with a refresh_token of false', { ...given, refresh_token: false }],
    ['with a refresh_token that is a number', { ...given, refresh_token: 12345 }, { refreshes: true }],
    ['with an expires_in of null', { ...given, expires_in: null }],
    ['with an empty expires_in', { ...given, expires_in: '' }],
    ['with an expires_in of zero', { ...given, expires_in: 0 }],
    ['with a negative expires_in', { ...given, expires_in: -1 }],
    ['with an expires_in in digits', { ...given, expires_in: '3600' }, { life: HOUR }],
    ['with an expires_in in decimals', { ...given, expires_in: '3599.98' }, { life: HOUR }],
    ['with an expires_in that has a unit', { ...given, expires_in: '3600s' }, { life: HOUR }],
    ['with an expires_in that is a word', { ...given, expires_in: 'never' }],
    ['with an expires_in of 1e20', { ...given, expires_in: 1e20 }],
    ['with an expires_in of 1e20 in words', { ...given, expires_in: '1e20' }],
    ['with an expires_in that is a list', { ...given, expires_in: [3600] }],
    ['with expires_at in seconds', { ...given, expires_at: inAnHour() }, { life: HOUR }],
    ['with expires_at in milliseconds', { ...given, expires_at: inAnHour() * 1000 }, { life: HOUR }],
    [
      'with expires_at as a date',
      { ...given, expires_at: new Date(inAnHour() * 1000).toISOString() },
      { life: HOUR },
    ],
    ['with expires_on in digits', { ...given, expires_on: String(inAnHour()) }, { life: HOUR }],
    ['with expires in seconds', { ...given, expires: 5_184_000 }, { life: 5_184_000 }],
    [
      'with .expires as HTTP writes dates',
      { ...given, '.expires': new Date(inAnHour() * 1000).toUTCString() },
      { life: HOUR },
    ],
    ['with an id_token that is none', { ...given, id_token: 'no JWT' }],
    ['with an id_token of null', { ...given, id_token: null }],
    ['with an error of null', { ...given, error: null }],
    ['with an empty error', { ...given, error: '' }],
    ['with an error of ok', { ...given, error: 'ok' }],
    [
      'in camel case',
      { accessToken: 'tok-1', refreshToken: 'r', expiresIn: HOUR },
      { life: HOUR, refreshes: true },
    ],
    [
      'wrapped in data',
      { message: 'success', data: { ...given, expires_in: HOUR, refresh_token: 'r' } },
      { life: HOUR, refreshes: true },
    ],
    ['wrapped in body, beside a status of 0', { status: 0, body: { ...given, userid: 1 } }],
    ['wrapped in data, beside a code of 0', { code: 0, msg: 'success', data: given }],
    ['with Bearer before the token', { access_token: 'Bearer tok-1' }],
    ['with blanks around the token', { access_token: ' tok-1\n' }],
  ])('%s', async (_, body, understood = {}) => {
    await expectUnderstood(await signIn(answer(200, body)), understood);
  });

  const json = JSON.stringify({ ...given, expires_in: HOUR });
  it.each<[string, ReturnType<typeof answer>]>([
    ['with status 201', answer(201, { ...given, expires_in: HOUR })],
    ['with status 202', answer(202, { ...given, expires_in: HOUR })],
    ['as a form', raw(200, 'access_token=tok-1&expires_in=3600', 'application/x-www-form-urlencoded')],
    [
      'as a form that is called text',
      raw(200, 'access_token=tok-1&token_type=bearer&expires=3600', 'text/plain;charset=utf-8'),
    ],
    ['as a form with a line break at its end', raw(200, 'access_token=tok-1&expires_in=3600\n', 'text/html')],
    ['as JSON that is called text', raw(200, json, 'text/plain')],
    ['as JSON that is called HTML', raw(200, json, 'text/html; charset=utf-8')],
    ['as JSON that is called JavaScript', raw(200, json, 'text/javascript')],
    ['as JSON that is called a form', raw(200, json, 'application/x-www-form-urlencoded')],
    ['as JSON without a type', raw(200, json)],
    ['as JSON of a vendor', raw(200, json, 'application/vnd.acme.v2+json')],
    ['as JSON with a byte order mark', raw(200, `\uFEFF${json}`, 'application/json')],
    ['as JSON with blanks around it', raw(200, `\n\n ${json} \n`, 'application/json')],
    [
      'compressed',
      (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(json)),
    ],
  ])('%s', async (_, instead) => {
    await expectUnderstood(await signIn(instead), { life: HOUR });
  });
});

describe('a token answer is refused with what was wrong with it', () => {
  it.each<[string, ReturnType<typeof answer>, string, string]>([
    [
      'has no token',
      answer(200, { token_type: 'bearer' }),
      'provider_answer_unusable',
      'holds no access token',
    ],
    [
      'has an empty token',
      answer(200, { access_token: '' }),
      'provider_answer_unusable',
      'holds no access token',
    ],
    [
      'has a list for a token',
      answer(200, { access_token: ['a'] }),
      'provider_answer_unusable',
      'holds no access token',
    ],
    ['is a list', answer(200, [given]), 'provider_answer_unusable', 'is no JSON'],
    ['is null', answer(200, null), 'provider_answer_unusable', 'is no JSON'],
    ['is empty', raw(200, '', 'application/json'), 'provider_answer_unusable', 'is empty'],
    ['is a page', raw(200, '<html>Sign in</html>', 'text/html'), 'provider_answer_unusable', 'is no JSON'],
    [
      'is cut off',
      raw(200, '{"access_token":"tok', 'application/json'),
      'provider_answer_unusable',
      'is no JSON',
    ],
    ['leads elsewhere', raw(302, ''), 'provider_answer_unusable', 'answered 302'],
    ['is one of 204', raw(204, ''), 'provider_answer_unusable', 'is empty'],
    ['is one of 500', answer(500, given), 'provider_unavailable', 'answered 500'],
    ['asks to slow down', answer(429, {}), 'provider_unavailable', 'slow down'],
    [
      'says that it passes',
      answer(400, { error: 'server_error', error_description: 'Soon' }),
      'provider_unavailable',
      'Soon',
    ],
    [
      'is a refusal',
      answer(400, { error: 'invalid_grant', error_description: 'Too old' }),
      'invalid_grant',
      'Too old',
    ],
    ['is a refusal without words', answer(400, { error: 'invalid_grant' }), 'invalid_grant', 'invalid_grant'],
    [
      'is a refusal with status 200',
      answer(200, { error: 'bad_verification_code', error_description: 'Too old' }),
      'bad_verification_code',
      'Too old',
    ],
    [
      'is a refusal as a form',
      raw(200, 'error=bad_verification_code&error_description=Too+old', 'text/plain'),
      'bad_verification_code',
      'Too old',
    ],
    ['is a refusal by ok', answer(200, { ok: false, error: 'invalid_code' }), 'invalid_code', 'invalid_code'],
    [
      'is a refusal in an object',
      answer(400, { error: { message: 'Too old', type: 'OAuthException', code: 100 } }),
      '100',
      'Too old',
    ],
    [
      'is a refusal in a list',
      answer(400, { errors: [{ errorType: 'invalid_grant', message: 'Too old' }] }),
      'invalid_grant',
      'Too old',
    ],
    ['is a refusal by a number', answer(200, { code: 20037, msg: 'Too old' }), '20037', 'Too old'],
    [
      'is a refusal by status',
      answer(400, { status: 'BAD_AUTH_CODE', message: 'Too old' }),
      'BAD_AUTH_CODE',
      'Too old',
    ],
    ['is a refusal in problem+json', answer(400, { title: 'Too old', status: 400 }), 'http_400', 'Too old'],
    ['is a refusal in plain text', raw(400, 'Too old', 'text/plain'), 'http_400', 'Too old'],
    ['is a refusal in HTML', raw(400, '<h1>Too old</h1>', 'text/html'), 'http_400', 'answered 400'],
    ['is a 401 in HTML', raw(401, '<h1>No</h1>', 'text/html'), 'invalid_client', 'answered 401'],
  ])('that %s', async (_, instead, error, words) => {
    const { outcome, account } = await signIn(instead);
    expect(outcome).toMatchObject({ status: 'failed', error });
    expect(outcome.errorDescription).toContain(words);
    expect(outcome.errorDescription).not.toMatch(/could not be reached/);
    expect(account).toMatchObject({ status: 'FAILED' });
    expect(account.statusReason).toContain(words);
  });

  it('when there was none at all', async () => {
    const { outcome } = await signIn((response) => void response.destroy());
    expect(outcome).toMatchObject({ status: 'failed', error: 'provider_unreachable' });
  });
});
