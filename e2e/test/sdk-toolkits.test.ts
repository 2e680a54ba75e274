import { eventually, PIXEL, type McpWorld } from '@patchbay/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environment, unique } from '../support/environment.js';
import { inBrowser } from '../support/forms.js';
import { call, createProject, errorOf } from '../support/http.js';
import { signInAtOidc } from '../support/oidc.js';
import { newestComposio } from '../support/sdk.newest.js';

const KEY_HEADERS = { 'x-key': '{{generic_api_key}}', 'x-tenant': 'acme' };
const Page = z.object({ items: z.array(z.looseObject({ slug: z.string() })) });

describe('custom toolkits of the newest SDK', () => {
  let apiKey: string;
  let composio: ReturnType<typeof newestComposio>;
  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('sdk-toolkits')));
    composio = newestComposio(apiKey);
  });

  const { mcpUrl } = environment;
  const fresh = () => unique('UP').replaceAll('-', '_').toUpperCase();
  const config = (kind: string, slug: string, authSchemes: object[], more: object = {}) => ({
    slug,
    toolkitConfig: { name: 'Upstream', appUrl: `${mcpUrl}/${kind}/${slug}/mcp`, authSchemes, ...more },
  });
  type Upsert = Parameters<typeof composio.experimental.customToolkits.upsert>[0];
  const upsert = (given: ReturnType<typeof config>) =>
    composio.experimental.customToolkits.upsert(given as Upsert);
  const world = async (slug: string) => (await (await fetch(`${mcpUrl}/control/${slug}`)).json()) as McpWorld;
  const slugsOf = async (toolkit: string) =>
    Page.parse((await call(`/tools?toolkit_slug=${toolkit}`, { apiKey })).body).items.map(({ slug }) => slug);
  const toolkit = async (slug: string) => (await call(`/toolkits/${slug}`, { apiKey })).body;

  /** Connects an account with a key, as the Connect page does. */
  async function connect(slug: string, user: string, person: string): Promise<string> {
    const request = await (await composio.sessions.create(user, { toolkits: [slug] })).authorize(slug);
    const body = new URLSearchParams({ generic_api_key: `key-of-${person}` });
    expect((await fetch(String(request.redirectUrl), { method: 'POST', body })).ok).toBe(true);
    return request.id;
  }

  it('are an MCP server that anybody may use, under a slug that no shipped one has', async () => {
    const name = fresh();
    const logoFile = { content: PIXEL, mimeType: 'image/png' };
    const { slug } = await upsert(config('stateless', name, [{ mode: 'NO_AUTH' }], { logoFile }));
    expect(slug).toBe(`custom_${name.toLowerCase()}`);
    expect(await toolkit(slug)).toMatchObject({
      name: 'Upstream',
      type: 'custom',
      meta: { logo: `data:image/png;base64,${PIXEL}` },
    });
    const session = await composio.sessions.create(unique('user_a'), { toolkits: [`CUSTOM_${name}`] });
    expect(await session.execute(`CUSTOM_${name}_ADD_NUMBERS`, { a: 1, b: 2 })).toMatchObject({
      error: null,
      data: { sum: 3 },
    });
    const synced = await composio.experimental.customToolkits.sync(`CUSTOM_${name}`);
    expect(synced).toEqual({ slug, version: expect.stringMatching(/^\d{8}_00$/), syncedCount: 3 });
    expect(await composio.experimental.customToolkits.delete(`CUSTOM_${name}`)).toEqual({
      slug,
      deleted: true,
      revokeJobIds: [],
      authConfigsDeleted: 0,
      connectedAccountsDeleted: 0,
    });
    errorOf(await call(`/toolkits/${slug}`, { apiKey }), 404);
  });

  it("are reached with each user's own key, in the headers that were said", async () => {
    const name = fresh();
    const scheme = {
      mode: 'API_KEY',
      headers: KEY_HEADERS,
      apiKeyField: { displayName: 'Acme key', description: 'From the settings of Acme.' },
    };
    const { slug } = await upsert(config('keyed', name, [scheme]));
    expect(await slugsOf(slug)).toEqual([]);
    expect(JSON.stringify(await toolkit(slug))).toContain('From the settings of Acme.');

    const [ann, bob] = [unique('ann'), unique('bob')];
    const first = await connect(slug, ann, 'ada');
    await connect(slug, bob, 'grace');
    // What the first account shows is what the toolkit has.
    await eventually(async () => expect(await slugsOf(slug)).toHaveLength(3));
    const add = `CUSTOM_${name}_ADD_NUMBERS`;
    for (const user of [ann, bob]) {
      const session = await composio.sessions.create(user, { toolkits: [slug] });
      expect((await session.execute(add, { a: 2, b: 2 })).data).toEqual({ sum: 4 });
    }
    const { people, tenants } = await world(name);
    expect(new Set(people)).toEqual(new Set(['ada', 'grace']));
    expect(new Set(tenants)).toEqual(new Set(['acme']));
    const { body } = await call('/custom/toolkits', { apiKey });
    expect(JSON.stringify(body)).not.toMatch(/key-of|x-tenant/);

    const sync = composio.experimental.customToolkits.sync.bind(composio.experimental.customToolkits);
    expect(await sync(slug, { connectedAccountId: first })).toMatchObject({ syncedCount: 3 });
    await expect(sync(slug, { connectedAccountId: 'ca_nobodys' })).rejects.toMatchObject({ status: 404 });
    expect(await composio.experimental.customToolkits.delete(slug)).toMatchObject({
      deleted: true,
      authConfigsDeleted: 1,
      connectedAccountsDeleted: 2,
    });
  });

  it('are signed in to as their server says it, when a discovery address is given', async () => {
    const name = fresh();
    const scheme = { mode: 'DCR_OAUTH', discoveryUrl: `${mcpUrl}/.well-known/oauth-authorization-server` };
    const { slug } = await upsert(config('private', name, [scheme]));
    const session = await composio.sessions.create(unique('user_a'), { toolkits: [slug] });
    const request = await session.authorize(slug);
    await inBrowser((page) => signInAtOidc(page, String(request.redirectUrl), unique('person')));
    expect(await request.waitForConnection(15_000)).toMatchObject({ status: 'ACTIVE' });
    await eventually(async () => expect(await slugsOf(slug)).toHaveLength(3));
    expect((await session.execute(`CUSTOM_${name}_ADD_NUMBERS`, { a: 1, b: 1 })).data).toEqual({ sum: 2 });
    const elsewhere = { mode: 'DCR_OAUTH', discoveryUrl: 'https://other.example/.well-known/x' };
    await expect(upsert(config('private', fresh(), [elsewhere]))).rejects.toMatchObject({ status: 400 });
  });

  it('keep their address and their sign-in: only name and words are changed', async () => {
    const name = fresh();
    const scheme = { mode: 'API_KEY', headers: KEY_HEADERS };
    const given = config('keyed', name, [scheme]);
    const { slug } = await upsert(given);
    await upsert(given);
    const renamed = config('keyed', name, [{ ...scheme, apiKeyField: { displayName: 'Other words' } }], {
      name: 'Renamed',
    });
    expect(await upsert(renamed)).toEqual({ slug });
    expect(await toolkit(slug)).toMatchObject({ name: 'Renamed' });
    expect(JSON.stringify(await toolkit(slug))).toContain('Other words');
    for (const other of [
      config('sessions', name, [scheme]),
      config('keyed', name, [{ mode: 'NO_AUTH' }]),
      config('keyed', name, [{ ...scheme, headers: { authorization: 'Bearer {{generic_api_key}}' } }]),
    ]) {
      await expect(upsert(other)).rejects.toMatchObject({ status: 409 });
    }
  });

  it.each([
    [
      'no place for the key',
      { auth_schemes: [{ mode: 'API_KEY', headers: { 'x-key': 'fixed' } }] },
      'auth_schemes',
    ],
    [
      'other braces',
      { auth_schemes: [{ mode: 'API_KEY', headers: { 'x-key': '{{generic_api_key}}{x}' } }] },
      'auth_schemes',
    ],
    [
      'a header of the platform',
      { auth_schemes: [{ mode: 'API_KEY', headers: { host: '{{generic_api_key}}' } }] },
      'host',
    ],
    ['a picture that is none', { logo_file: { content: 'PHN2Zz4=', mime_type: 'image/png' } }, 'logo_file'],
    ['a scheme that is not served', { auth_schemes: [{ mode: 'OAUTH2' }] }, 'auth_schemes'],
    ['a field that is not known', { headers: { 'x-key': 'secret' } }, 'headers'],
    ['no server', { app_url: 'nowhere' }, 'app_url'],
  ])('are refused with %s, naming the field as it was sent', async (_, wrong, field) => {
    const slug = fresh();
    const toolkit_config = {
      name: 'Upstream',
      app_url: `${mcpUrl}/keyed/${slug}/mcp`,
      auth_schemes: [{ mode: 'API_KEY', headers: KEY_HEADERS }],
      ...wrong,
    };
    const answer = await call('/custom/toolkits/upsert', { apiKey, body: { slug, toolkit_config } });
    expect((errorOf(answer, 400).errors ?? []).join('\n')).toMatch(new RegExp(`toolkit_config.*${field}`));
    errorOf(await call(`/custom/toolkits/custom_${slug.toLowerCase()}`, { apiKey }), 404);
  });

  it('that declare no sign-in are refused where the server wants one', async () => {
    await expect(upsert(config('keyed', fresh(), [{ mode: 'NO_AUTH' }]))).rejects.toMatchObject({
      status: 400,
    });
  });
});
