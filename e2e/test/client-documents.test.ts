import { eventually, oidcSeen, startTestPlatform, type TestPlatform } from '@patchbay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unique } from '../support/environment.js';
import { call as request, errorOf } from '../support/http.js';
import { signInByForms } from '../support/oidc.js';
import { newestComposio } from '../support/sdk.newest.js';

const PUBLIC_URL = 'https://patchbay.example';

/** Has a platform of its own, which the world reaches by https: the test stands for what ends TLS in front of it. */
describe('an authorization server that reads who its clients are', () => {
  let test: TestPlatform;
  let composio: ReturnType<typeof newestComposio>;
  beforeAll(async () => {
    test = await startTestPlatform({ PUBLIC_URL });
    composio = newestComposio(test.platform.apiKey, test.platform.localUrl);
  }, 120_000);
  afterAll(() => test?.stop());

  const call: typeof request = (path, options) =>
    request(path, { baseUrl: test.platform.localUrl, apiKey: test.platform.apiKey, ...options });
  const fresh = () => unique('up').replaceAll('-', '_');
  const added = async (slug: string) => {
    const source = { type: 'mcp', url: `${test.mcp.url}/private/${slug}/mcp` };
    return call('/custom/toolkits/upsert', { body: { slug, source } });
  };
  const signIn = (link: string, login: string) =>
    signInByForms(link, login, (address) => address.replace(PUBLIC_URL, test.platform.localUrl));
  const grantsOf = async (login: string) =>
    (await oidcSeen(test.oidc.url)).grants.filter(({ sub }) => sub === login);

  it('is signed in to at an MCP server, without a client being registered, and again when a token is over', async () => {
    const slug = fresh();
    expect((await added(slug)).body).toMatchObject({
      toolkit: { auth_schemes: ['CIMD_OAUTH', 'DCR_OAUTH'] },
    });
    const session = await composio.sessions.create(unique('user_a'), { toolkits: [slug] });
    const link = await session.authorize(slug);
    const login = unique('person');
    await signIn(String(link.redirectUrl), login);
    const account = await link.waitForConnection(15_000);
    expect(account).toMatchObject({ status: 'ACTIVE', authConfig: { authScheme: 'CIMD_OAUTH' } });
    const [{ clientId } = { clientId: '' }] = await grantsOf(login);
    expect(clientId).toMatch(
      /^https:\/\/patchbay\.example\/api\/v3\.1\/toolkits\/auth\/issuers\/[\w-]{22}\/client\.json$/,
    );

    const tool = `${slug.toUpperCase()}_ADD_NUMBERS`;
    await eventually(async () =>
      expect(await session.execute(tool, { a: 1, b: 2 })).toMatchObject({ error: null, data: { sum: 3 } }),
    );
    const before = (await grantsOf(login)).at(-1);
    await eventually(() => expect(Date.now()).toBeGreaterThan(Number(before?.expiresAt)));
    expect(await session.execute(tool, { a: 1, b: 3 })).toMatchObject({ error: null, data: { sum: 4 } });
    expect((await grantsOf(login)).at(-1)).toMatchObject({ clientId, grantType: 'refresh_token' });
    expect((await oidcSeen(test.oidc.url)).refusals).toEqual([]);

    // The document is for everybody: no key, and nothing of any project in it.
    const { pathname } = new URL(clientId);
    const document = await call(`${test.platform.localUrl}${pathname}`, { apiKey: null });
    expect(document.headers.get('content-type')).toMatch(/^application\/json/);
    expect(document.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(document.body).toEqual({
      client_id: clientId,
      client_name: 'Patchbay',
      client_uri: PUBLIC_URL,
      redirect_uris: [clientId.replace('client.json', 'callback')],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    });
    errorOf(await call('/toolkits/auth/issuers/none/client.json', { apiKey: null }), 404);

    expect(await composio.connectedAccounts.revoke(account.id)).toMatchObject({
      connectedAccount: { status: 'REVOKED' },
    });
    expect((await oidcSeen(test.oidc.url)).revoked).not.toEqual([]);
  });

  it('is signed in to by an auth config that says so, or that says to register', async () => {
    const slug = fresh();
    await added(slug);
    for (const authScheme of ['CIMD_OAUTH', 'DCR_OAUTH'] as const) {
      const { id } = await composio.authConfigs.create(slug, {
        type: 'use_custom_auth',
        authScheme,
        credentials: {},
      });
      expect(await composio.authConfigs.get(id)).toMatchObject({ authScheme });
      const link = await composio.connectedAccounts.link(unique('user_a'), id);
      const login = unique('person');
      await signIn(String(link.redirectUrl), login);
      expect(await link.waitForConnection(15_000)).toMatchObject({ status: 'ACTIVE' });
      const [grant] = await grantsOf(login);
      expect(grant?.clientId.startsWith(PUBLIC_URL)).toBe(authScheme === 'CIMD_OAUTH');
    }
  });

  it('is what a project declared for its toolkit, in the words of the SDK’s body', async () => {
    const slug = fresh();
    const declared = (mode: string) => ({
      slug,
      toolkit_config: {
        name: 'Upstream',
        app_url: `${test.mcp.url}/private/${slug}/mcp`,
        auth_schemes: [{ mode, discovery_url: `${test.oidc.url}/.well-known/openid-configuration` }],
      },
    });
    expect(await call('/custom/toolkits/upsert', { body: declared('CIMD_OAUTH') })).toMatchObject({
      status: 200,
      body: { slug: `custom_${slug}` },
    });
    const { body } = await call(`/toolkits/custom_${slug}`);
    expect(body).toMatchObject({ auth_config_details: [{ mode: 'CIMD_OAUTH' }] });
  });
});
