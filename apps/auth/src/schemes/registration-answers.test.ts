import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { answer, raw } from '../../test/issuer.js';

let on: Accounts;
let authConfigId: string;
beforeAll(async () => {
  on = await startAccounts();
  ({ id: authConfigId } = await on.newConfig('acme_dcr'));
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

const client = { client_id: 'my-client', client_secret: 's.3-cret_' };
const basic = `Basic ${Buffer.from('my-client:s.3-cret_').toString('base64')}`;

/** How the client shows who it is, at the exchange of the code. */
async function shown(instead: ReturnType<typeof answer>) {
  on.issuer.instead['/register'] = instead;
  const { token, connection } = await on.newLink('acme_dcr', { authConfigId });
  const sent = await on.follow(token);
  await on.complete({ code: 'c', state: String(sent.searchParams.get('state')) }, sent);
  expect((await on.get(connection.id)).status).toBe('ACTIVE');
  const { authorization, form } = on.issuer.heardAt('/token').at(-1)!;
  return { sent, authorization, id: form.get('client_id'), secret: form.get('client_secret') };
}

const BY_POST = { authorization: '', id: 'my-client', secret: 's.3-cret_' };
const PUBLIC = { authorization: '', id: 'my-client', secret: null };
const BY_BASIC = { authorization: basic, id: null, secret: null };

describe('the answer to a registration is understood', () => {
  it.each<[string, ReturnType<typeof answer>, object]>([
    ['as the RFC has it', answer(201, { ...client, client_secret_expires_at: 0 }), BY_POST],
    ['without client_secret_expires_at', answer(201, client), BY_POST],
    [
      'with client_secret_expires_at of null',
      answer(201, { ...client, client_secret_expires_at: null }),
      BY_POST,
    ],
    [
      'with client_secret_expires_at in digits',
      answer(201, { ...client, client_secret_expires_at: '0' }),
      BY_POST,
    ],
    ['with status 200', answer(200, { ...client, client_secret_expires_at: 0 }), BY_POST],
    ['with status 202', answer(202, client), BY_POST],
    ['with a secret of null', answer(201, { client_id: 'my-client', client_secret: null }), PUBLIC],
    ['with an empty secret', answer(201, { client_id: 'my-client', client_secret: '' }), PUBLIC],
    ['without a secret', answer(201, { client_id: 'my-client' }), PUBLIC],
    [
      'with nulls for what it leaves open',
      answer(201, {
        ...client,
        grant_types: null,
        response_types: null,
        token_endpoint_auth_method: '',
        scope: null,
        contacts: null,
      }),
      BY_POST,
    ],
    [
      'with client_secret_basic',
      answer(201, { ...client, token_endpoint_auth_method: 'client_secret_basic' }),
      BY_BASIC,
    ],
    [
      'with client_secret_post',
      answer(201, { ...client, token_endpoint_auth_method: 'client_secret_post' }),
      BY_POST,
    ],
    [
      'with none, and no secret',
      answer(201, { client_id: 'my-client', token_endpoint_auth_method: 'none' }),
      PUBLIC,
    ],
    ['with none beside a secret', answer(201, { ...client, token_endpoint_auth_method: 'none' }), PUBLIC],
    [
      'with client_secret_post and no secret',
      answer(201, { client_id: 'my-client', token_endpoint_auth_method: 'client_secret_post' }),
      PUBLIC,
    ],
    ['as JSON that is called text', raw(201, JSON.stringify(client), 'text/plain'), BY_POST],
    ['with a byte order mark', raw(201, `\uFEFF${JSON.stringify(client)}`, 'application/json'), BY_POST],
    ['with other redirect_uris', answer(201, { ...client, redirect_uris: [] }), BY_POST],
  ])('%s', async (_, instead, expected) => {
    expect(await shown(instead)).toMatchObject(expected);
  });

  it('with an id that is a number', async () => {
    expect(await shown(answer(201, { ...client, client_id: 12345 }))).toMatchObject({ id: '12345' });
  });

  it('at a refresh as well', async () => {
    on.issuer.rules.expiresIn = 0.001;
    await shown(answer(201, { ...client, token_endpoint_auth_method: 'client_secret_basic' }));
    const [account] = await on.sql('SELECT id FROM auth.connected_accounts ORDER BY created_at DESC LIMIT 1');
    await on.open(await on.get(String(account?.['id'])));
    const { authorization, form } = on.issuer.heardAt('/token').at(-1)!;
    expect([form.get('grant_type'), authorization]).toEqual(['refresh_token', basic]);
  });
});

describe('the answer to a registration is refused with what was wrong', () => {
  it.each<[string, ReturnType<typeof answer>, string, string]>([
    ['has no client_id', answer(201, { client_secret: 's' }), 'unavailable', 'holds no client_id'],
    ['has an empty client_id', answer(201, { client_id: '' }), 'unavailable', 'holds no client_id'],
    [
      'wants what is not supported',
      answer(201, { ...client, token_endpoint_auth_method: 'private_key_jwt' }),
      'unavailable',
      'private_key_jwt',
    ],
    ['is a page', raw(200, '<html>', 'text/html'), 'unavailable', 'is no JSON'],
    [
      'is a refusal',
      answer(400, { error: 'invalid_redirect_uri', error_description: 'https only' }),
      'credential_refused',
      'https only',
    ],
    ['is a refusal without words', answer(403, {}), 'credential_refused', 'answered 403'],
    [
      'is a refusal in plain text',
      raw(400, 'Registration is closed', 'text/plain'),
      'credential_refused',
      'Registration is closed',
    ],
    ['is one of 500', answer(500, {}), 'unavailable', 'answered 500'],
  ])('that %s', async (_, instead, code, words) => {
    on.issuer.instead['/register'] = instead;
    const { token } = await on.newLink('acme_dcr', { authConfigId });
    const error = await on.follow(token).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(refused(code));
    expect((error as Error).message).toContain(words);
  });
});
