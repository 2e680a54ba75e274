import { ComposioAuthConfigNotFoundError } from '@composio/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { CompactEncrypt, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { connectKeyed, nameIn } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig, inBrowser } from '../support/forms.js';
import { call, createProject, errorOf } from '../support/http.js';
import { signInAtOidc } from '../support/oidc.js';

const SECRET = unique('client-secret');
describe('auth configs', () => {
  let composio: ReturnType<typeof newComposio>;
  let apiKey: string;

  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('configs')));
    composio = newComposio(apiKey);
  });

  const custom = (name?: string) =>
    composio.authConfigs.create('github', {
      type: 'use_custom_auth',
      authScheme: 'OAUTH2',
      credentials: { client_id: 'my-app', client_secret: SECRET, scopes: 'repo user' },
      ...(name && { name }),
    });
  const raw = async (id: string) => {
    const { body } = await call(`/auth_configs/${id}`, { apiKey });
    return body as { credentials: Record<string, string>; name: string };
  };

  it("are managed with the operator's own app", async () => {
    const created = await composio.authConfigs.create('github', {
      type: 'use_composio_managed_auth',
      name: 'Ours',
    });
    expect(created).toEqual({
      id: expect.stringMatching(/^ac_/),
      authScheme: 'OAUTH2',
      isComposioManaged: true,
      toolkit: 'github',
    });
    const config = await composio.authConfigs.get(created.id);
    expect(config).toMatchObject({
      name: 'Ours',
      status: 'ENABLED',
      noOfConnections: 0,
      toolkit: { slug: 'github' },
      isComposioManaged: true,
    });
    const text = JSON.stringify(await raw(created.id));
    for (const secret of environment.appSecrets) expect(text).not.toContain(secret);
  });

  it('are not managed where the operator has no app, and the SDK says so', async () => {
    await expect(composio.authConfigs.create('keyed')).rejects.toMatchObject({ status: 400 });
    await expect(composio.toolkits.authorize(unique('user_a'), 'keyed')).rejects.toThrow(
      ComposioAuthConfigNotFoundError,
    );
    const answer = await call('/auth_configs', { apiKey, body: { toolkit: { slug: 'keyed' } } });
    expect(errorOf(answer, 400).suggested_fix).toContain('PATCHBAY_TOOLKIT_OVERRIDES');
  });

  it("are custom with the developer's app, whose secret is never shown", async () => {
    const { id } = await custom();
    expect(await raw(id)).toMatchObject({
      type: 'custom',
      auth_scheme: 'OAUTH2',
      credentials: { client_id: 'my-app', client_secret: 'REDACTED', scopes: 'repo user' },
    });
    const everything = [
      await composio.authConfigs.get(id),
      await composio.authConfigs.list({ toolkit: 'github' }),
      await raw(id),
    ];
    expect(JSON.stringify(everything)).not.toContain(SECRET);
  });

  it("have the developer's secret sealed on its way, to a key of the installation", async () => {
    const Keys = z.object({ active_kid: z.string(), keys: z.array(z.looseObject({ kid: z.string() })) });
    const { active_kid: kid, keys } = Keys.parse((await call('/keyring/transfer_keys', { apiKey })).body);
    const jwk = keys.find((key) => key.kid === kid) as JWK;
    const [, , clientSecret = ''] = environment.appSecrets;
    const sealed = await new CompactEncrypt(new TextEncoder().encode(clientSecret))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid })
      .encrypt(await importJWK(jwk, 'RSA-OAEP-256'));
    const create = (client_secret: string) =>
      call('/auth_configs', {
        apiKey,
        body: {
          toolkit: { slug: 'strictoidc' },
          auth_config: {
            type: 'use_custom_auth',
            authScheme: 'OAUTH2',
            credentials: { client_id: 'strict-app' },
            sealed_credentials: { client_secret },
          },
        },
      });
    const created = await create(sealed);
    expect(created.status).toBe(201);
    const { id } = (created.body as { auth_config: { id: string } }).auth_config;
    expect((await raw(id)).credentials).toEqual({ client_id: 'strict-app', client_secret: 'REDACTED' });
    // The provider compares the secret: it came through as it was sealed.
    const request = await composio.connectedAccounts.link(unique('user_a'), id);
    await inBrowser((page) => signInAtOidc(page, String(request.redirectUrl), unique('person')));
    expect(await request.waitForConnection(10_000)).toMatchObject({ status: 'ACTIVE' });

    const [header, ...rest] = sealed.split('.');
    for (const wrong of ['x', `${header}.${rest.toReversed().join('.')}`, 'x'.repeat(50_000)]) {
      const error = errorOf(await create(wrong), 400);
      expect(error.errors).toEqual([
        expect.stringMatching(/^(auth_config\.)?sealed_credentials\.client_secret: /),
      ]);
      expect(JSON.stringify(error)).not.toContain(clientSecret);
    }
    errorOf(await call('/keyring/transfer_keys', { apiKey: null }), 401);
  });

  it('are refused without what the scheme needs, for unknown toolkits and for schemes it does not take', async () => {
    const create = (toolkit: string, config: object) =>
      call('/auth_configs', { apiKey, body: { toolkit: { slug: toolkit }, auth_config: config } });
    const missing = errorOf(
      await create('github', {
        type: 'use_custom_auth',
        authScheme: 'OAUTH2',
        credentials: { client_secret: SECRET },
      }),
      400,
    );
    expect(missing.errors).toEqual(['credentials.client_id: is required']);
    expect(JSON.stringify(missing)).not.toContain(SECRET);
    errorOf(await create('github', { type: 'use_custom_auth', authScheme: 'OAUTH1', credentials: {} }), 400);
    errorOf(await create('github', { type: 'use_custom_auth', authScheme: 'NONSENSE' }), 400);
    errorOf(await create('nonsense', { type: 'use_composio_managed_auth' }), 404);
  });

  it('change in what is given and stay in what is not', async () => {
    const { id } = await custom('before');
    await composio.authConfigs.update(id, { type: 'custom', credentials: { client_id: 'other-app' } });
    expect(await raw(id)).toMatchObject({
      name: 'before',
      credentials: { client_id: 'other-app', client_secret: 'REDACTED', scopes: 'repo user' },
    });
    await composio.authConfigs.update(id, { type: 'custom', credentials: { scopes: '' } });
    expect((await raw(id)).credentials).not.toHaveProperty('scopes');
    await expect(composio.authConfigs.update(id, { type: 'default', scopes: 'repo' })).rejects.toMatchObject({
      status: 400,
    });
    await expect(
      composio.authConfigs.update(id, { type: 'custom', credentials: { client_id: '' } }),
    ).rejects.toMatchObject({ status: 400 });
  });

  it('ask for no scopes when that is what they say, and for the usual ones after null', async () => {
    const asked = async (id: string) => {
      const { redirectUrl } = await composio.connectedAccounts.link(unique('user'), id);
      const page = await (await fetch(String(redirectUrl))).text();
      return /It asks for these permissions/.test(page);
    };
    const { id } = await custom(unique('none'));
    await composio.authConfigs.update(id, { type: 'custom', credentials: { scopes: '' } });
    expect(await asked(id)).toBe(false);
    await call(`/auth_configs/${id}`, { apiKey, method: 'PATCH', body: { type: 'custom', scopes: null } });
    expect(await asked(id)).toBe(true);
  });

  it('ask for other scopes when managed', async () => {
    const { id } = await composio.authConfigs.create('github', {
      type: 'use_composio_managed_auth',
      credentials: { scopes: ['repo', 'gist'] },
    });
    expect((await raw(id)).credentials).toEqual({ scopes: 'repo gist' });
    await composio.authConfigs.update(id, { type: 'default', scopes: 'read:org' });
    expect((await raw(id)).credentials).toEqual({ scopes: 'read:org' });
  });

  it('are listed by toolkit, kind, state and words, page by page', async () => {
    const own = newComposio((await createProject(unique('list'))).apiKey);
    const github = await own.authConfigs.create('github');
    const keyed = await customConfig(own, 'keyed', 'API_KEY');
    const basicly = await customConfig(own, 'basicly', 'BASIC');
    const idsOf = async (query: Parameters<typeof own.authConfigs.list>[0]) =>
      (await own.authConfigs.list(query)).items.map(({ id }) => id);
    expect(await idsOf({})).toEqual([basicly, keyed, github.id]);
    expect(await idsOf({ toolkit: 'keyed' })).toEqual([keyed]);
    expect(await idsOf({ isComposioManaged: true })).toEqual([github.id]);
    expect(await idsOf({ isComposioManaged: false })).toEqual([basicly, keyed]);
    const found = await call('/auth_configs?search=BASICLY', { apiKey: own.getClient().apiKey as string });
    expect(found.body).toMatchObject({ items: [{ id: basicly }], total_items: 1 });
    await own.authConfigs.disable(keyed);
    expect(await idsOf({})).toEqual([basicly, github.id]);
    const shown = await call('/auth_configs?show_disabled=true', {
      apiKey: own.getClient().apiKey as string,
    });
    expect(shown.body).toMatchObject({ total_items: 3 });

    const first = await own.authConfigs.list({ limit: 1 });
    expect(first).toMatchObject({ items: [{ id: basicly }], totalPages: 2 });
    const second = await own.authConfigs.list({ limit: 1, cursor: String(first.nextCursor) });
    expect(second).toMatchObject({ items: [{ id: github.id }], nextCursor: null });
    await expect(own.authConfigs.list({ cursor: 'nonsense' })).rejects.toMatchObject({ status: 400 });
  });

  it('take their accounts along when they are disabled and enabled', async () => {
    const user = unique('user_a');
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    const account = await connectKeyed(composio, user, config);
    const session = await composio.create(user, { toolkits: ['keyed'] });
    expect(nameIn(await session.execute('KEYED_WHO_AM_I'))).toBe('ada');

    await composio.authConfigs.disable(config);
    expect(await composio.authConfigs.get(config)).toMatchObject({ status: 'DISABLED', noOfConnections: 1 });
    expect(await composio.connectedAccounts.get(account)).toMatchObject({
      status: 'INACTIVE',
      statusReason: 'Auth config disabled',
      authConfig: { isDisabled: true },
    });
    await expect(session.execute('KEYED_WHO_AM_I')).rejects.toMatchObject({ status: 400 });
    await expect(composio.connectedAccounts.link(unique('user_b'), config)).rejects.toMatchObject({
      cause: { status: 400 },
    });

    await composio.authConfigs.enable(config);
    expect(await composio.connectedAccounts.get(account)).toMatchObject({ status: 'ACTIVE' });
    expect(nameIn(await session.execute('KEYED_WHO_AM_I'))).toBe('ada');
  });

  it('allow the tools that they name, and no others', async () => {
    const user = unique('user_a');
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    await connectKeyed(composio, user, config);
    const session = await composio.create(user, { toolkits: ['keyed'], authConfigs: { keyed: config } });
    await composio.authConfigs.update(config, {
      type: 'custom',
      credentials: {},
      toolAccessConfig: { toolsAvailableForExecution: ['KEYED_ECHO'] },
    });
    expect((await session.execute('KEYED_ECHO', { text: 'hello' })).data).toEqual({
      name: 'ada',
      text: 'hello',
    });
    await expect(session.execute('KEYED_WHO_AM_I')).rejects.toMatchObject({ status: 400 });
  });

  it('are gone once deleted, and their accounts with them', async () => {
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    const account = await connectKeyed(composio, unique('user_a'), config);
    await composio.authConfigs.delete(config);
    await expect(composio.authConfigs.get(config)).rejects.toMatchObject({ status: 404 });
    await expect(composio.connectedAccounts.get(account)).rejects.toMatchObject({ status: 404 });
    await expect(composio.authConfigs.delete(config)).rejects.toMatchObject({ status: 404 });
  });
});
