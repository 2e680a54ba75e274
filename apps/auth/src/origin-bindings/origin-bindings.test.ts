import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createReconnectLink,
  deleteConnection,
  openToolkitHeaders,
  registerToolkit,
  revokeConnection,
  setConnectionEnabled,
  updateAuthConfig,
  updateConnection,
  type InputOf,
} from '@patchbay/contracts';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { startIssuer } from '../../test/issuer.js';
import { runAuth } from '../../test/running-auth.js';
import { REASONS } from '../accounts/index.js';

type Registered = InputOf<typeof registerToolkit>['toolkit'];

let on: Accounts;
/** Somebody else's server, to which a toolkit is moved. */
let elsewhere: Awaited<ReturnType<typeof startIssuer>>;
beforeAll(async () => {
  [on, elsewhere] = await Promise.all([startAccounts(), startIssuer()]);
});
afterEach(() => {
  on.issuer.reset();
  elsewhere.reset();
});
afterAll(async () => {
  await Promise.all([on?.stop(), elsewhere?.close()]);
});

const KEY = {
  scheme: 'API_KEY',
  placement: { headers: { 'x-key': '{generic_api_key}' } },
  connectionFields: [
    {
      name: 'generic_api_key',
      displayName: 'Key',
      description: '',
      required: true,
      secret: true,
      default: null,
    },
  ],
} as const;
const oauthAt = (url: string) => ({
  scheme: 'OAUTH2' as const,
  authorizationUrl: `${on.issuer.url}/authorize`,
  tokenUrl: `${url}/token`,
  revocationUrl: `${url}/revoke`,
  scopes: [],
});
let count = 0;
const fresh = () => `own${(count += 1)}`;

function register(slug: string, url: string, auth: Registered['auth'], headers?: Record<string, string>) {
  const toolkit = { slug, name: slug, logo: 'data:,', baseUrl: `${url}/api`, auth };
  return on.bus.request(registerToolkit, { projectId: on.projectId, toolkit, ...(headers && { headers }) });
}
const headersAt = async (slug: string, url: string) =>
  (await on.bus.request(openToolkitHeaders, { projectId: on.projectId, slug, address: `${url}/api` }))
    .headers;
const of = (id: string) => ({ projectId: on.projectId, id });
const APP = { client_id: 'my-app', client_secret: 'app-secret' };
const oauthConfig = (slug: string) => on.newConfig(slug, { authScheme: 'OAUTH2', credentials: APP });
const tokens = { access_token: 'access-0', refresh_token: 'refresh-0', expires_in: 3_600 };

describe("a project's toolkit that is moved to another origin", () => {
  it('takes no account along: each shows why, and is there again when the toolkit comes back', async () => {
    const slug = fresh();
    await register(slug, on.issuer.url, [KEY]);
    const account = await on.create(slug, { generic_api_key: 'k-secret' });
    expect((await on.open(account)).headers).toEqual({ 'x-key': 'k-secret' });

    await register(slug, elsewhere.url, [KEY]);
    expect(await on.get(account.id)).toMatchObject({
      status: 'EXPIRED',
      statusReason: REASONS.addressChanged,
    });
    for (const address of [elsewhere.url, on.issuer.url]) {
      await expect(on.open(account, { address })).rejects.toMatchObject(refused('no_active_connection'));
    }

    await register(slug, on.issuer.url, [KEY]);
    expect(await on.get(account.id)).toMatchObject({ status: 'ACTIVE', statusReason: null });
    expect((await on.open(account)).headers).toEqual({ 'x-key': 'k-secret' });
  });

  it('keeps them where only its path is another one', async () => {
    const slug = fresh();
    await register(slug, on.issuer.url, [KEY], { 'x-tenant': 'secret' });
    const account = await on.create(slug, { generic_api_key: 'k-secret' });
    await register(slug, `${on.issuer.url}/v2`, [KEY]);
    expect((await on.open(account)).headers).toEqual({ 'x-key': 'k-secret' });
    expect(await headersAt(slug, on.issuer.url)).toEqual({ 'x-tenant': 'secret' });
  });

  it('takes no headers along, and does not have them back', async () => {
    const slug = fresh();
    await register(slug, on.issuer.url, [], { authorization: 'Bearer of-the-project' });
    expect(await headersAt(slug, on.issuer.url)).toEqual({ authorization: 'Bearer of-the-project' });
    expect(await headersAt(slug, elsewhere.url)).toEqual({});
    await register(slug, elsewhere.url, []);
    for (const url of [on.issuer.url, elsewhere.url]) expect(await headersAt(slug, url)).toEqual({});
    await register(slug, on.issuer.url, []);
    expect(await headersAt(slug, on.issuer.url)).toEqual({});
  });

  it('opens an account of the new address to no session that goes to the old one', async () => {
    const slug = fresh();
    await register(slug, on.issuer.url, [KEY]);
    await register(slug, elsewhere.url, [KEY]);
    const account = await on.create(slug, { generic_api_key: 'k-new' });
    expect((await on.open(account, { address: elsewhere.url })).headers).toEqual({ 'x-key': 'k-new' });
    await expect(on.open(account, { address: on.issuer.url })).rejects.toMatchObject({
      code: 'no_active_connection',
      message: expect.stringContaining('another address'),
    });
  });

  it('enables no account that was disabled meanwhile', async () => {
    const slug = fresh();
    await register(slug, on.issuer.url, [KEY]);
    const account = await on.create(slug, { generic_api_key: 'k-secret' });
    await on.bus.request(setConnectionEnabled, { ...of(account.id), enabled: false });
    await register(slug, elsewhere.url, [KEY]);
    const enabling = on.bus.request(setConnectionEnabled, { ...of(account.id), enabled: true });
    await expect(enabling).rejects.toMatchObject(refused('no_active_connection'));
  });

  it('has an account again whose credential is entered for the new address, all of it', async () => {
    const slug = fresh();
    await register(slug, on.issuer.url, [KEY]);
    const account = await on.create(slug, { generic_api_key: 'k-secret' });
    await register(slug, elsewhere.url, [KEY]);
    const enter = (values: Record<string, string>) =>
      on.bus.request(updateConnection, { ...of(account.id), values });
    await expect(enter({})).rejects.toMatchObject(refused('invalid_request'));
    await enter({ generic_api_key: 'k-new' });
    expect((await on.open(account, { address: elsewhere.url })).headers).toEqual({ 'x-key': 'k-new' });
  });
});

describe('a toolkit whose sign-in is moved', () => {
  it('sends the new one no refresh token, no revocation and no app', async () => {
    const slug = fresh();
    await register(slug, on.issuer.url, [oauthAt(on.issuer.url)]);
    const config = await oauthConfig(slug);
    const account = await on.create(slug, tokens, { authConfigId: config.id });
    const { fingerprint } = await on.open(account);
    await register(slug, on.issuer.url, [oauthAt(elsewhere.url)]);

    const refresh = on.open(account, { rejected: fingerprint });
    await expect(refresh).rejects.toMatchObject(refused('no_active_connection'));
    await expect(on.bus.request(revokeConnection, of(account.id))).rejects.toMatchObject(refused('conflict'));
    const link = await on.newLink(slug, { authConfigId: config.id });
    await expect(on.follow(link.token)).rejects.toMatchObject(refused('no_auth_config'));
    await on.bus.request(deleteConnection, { ...of(account.id), revoke: true });
    for (const path of ['/token', '/revoke']) expect(elsewhere.heardAt(path)).toEqual([]);
  });

  it('sends the new one nothing of a sign-in that is under way', async () => {
    const slug = fresh();
    await register(slug, on.issuer.url, [oauthAt(on.issuer.url)]);
    const { token, connection } = await on.newLink(slug, { authConfigId: (await oauthConfig(slug)).id });
    const state = String((await on.follow(token)).searchParams.get('state'));
    await register(slug, on.issuer.url, [oauthAt(elsewhere.url)]);
    expect(await on.complete({ code: 'code-1', state })).toMatchObject({ status: 'failed' });
    expect(elsewhere.heardAt('/token')).toEqual([]);
    expect(await on.get(connection.id)).toMatchObject({ status: 'FAILED' });
  });

  it('has its app again when that is given again, with its secret', async () => {
    const slug = fresh();
    await register(slug, on.issuer.url, [oauthAt(on.issuer.url)]);
    const config = await oauthConfig(slug);
    await register(slug, on.issuer.url, [oauthAt(elsewhere.url)]);
    const give = (credentials: Record<string, string>) =>
      on.bus.request(updateAuthConfig, { ...of(config.id), isManaged: false, credentials });
    await expect(give({ client_id: 'my-app' })).rejects.toMatchObject(refused('invalid_request'));
    await give({ client_id: 'my-app', client_secret: 'new-secret' });
    const { token } = await on.newLink(slug, { authConfigId: config.id });
    const state = String((await on.follow(token)).searchParams.get('state'));
    expect(await on.complete({ code: 'code-1', state })).toMatchObject({ status: 'success' });
    expect(elsewhere.heardAt('/token').map(({ form }) => form.get('client_secret'))).toEqual(['new-secret']);
  });
});

describe('an account whose own values name its host', () => {
  it('takes its secret to no other host', async () => {
    const account = await on.create('acme_host', { generic_api_key: 'k-1', subdomain: 'eu-1' });
    const enter = (values: Record<string, string>) =>
      on.bus.request(updateConnection, { ...of(account.id), values });
    await expect(enter({ subdomain: 'evil' })).rejects.toMatchObject(refused('invalid_request'));
    expect((await on.open(account)).urlValues).toEqual({ subdomain: 'eu-1' });
    await enter({ subdomain: 'eu-2', generic_api_key: 'k-2' });
    expect(await on.open(account)).toMatchObject({
      headers: { 'x-key': 'k-2' },
      urlValues: { subdomain: 'eu-2' },
    });
    await enter({ generic_api_key: 'k-3' });
    expect((await on.open(account)).urlValues).toEqual({ subdomain: 'eu-2' });
  });
});

describe('a toolkit that the operator moves', () => {
  it('has its accounts again when it is moved back, or when they are connected again', async () => {
    const account = await on.create('acme_bearer', { token: 't-secret' });
    const old = await on.create('acme_basic', { username: 'ann', password: 'secret' });
    // As it was before accounts were bound.
    await on.sql('UPDATE auth.connected_accounts SET bound_to = NULL WHERE id = $1', [old.id]);
    await on.auth.close();
    const toolkits = { acme_bearer: { base_url: elsewhere.url } };
    const moved = await runAuth({
      ...on.settings,
      PATCHBAY_TOOLKIT_OVERRIDES: await on.overrides(toolkits),
    });
    try {
      expect(await on.get(account.id)).toMatchObject({
        status: 'EXPIRED',
        statusReason: REASONS.addressChanged,
      });
      const opening = on.open(account, { address: elsewhere.url });
      await expect(opening).rejects.toMatchObject(refused('no_active_connection'));
      const query = 'SELECT bound_to FROM auth.connected_accounts WHERE id = $1';
      expect(await moved.dataSource.query(query, [old.id])).toEqual([{ bound_to: [on.issuer.url] }]);
      expect(await on.bus.request(createReconnectLink, of(account.id))).toMatchObject({
        token: expect.any(String),
      });
    } finally {
      await moved.close();
    }
    await on.overrides({});
    const back = await runAuth(on.settings);
    try {
      expect(await on.get(account.id)).toMatchObject({ status: 'ACTIVE' });
      expect((await on.open(account)).headers).toEqual({ authorization: 'Bearer t-secret' });
    } finally {
      await back.close();
    }
  });
});
