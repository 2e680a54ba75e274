import { beforeAll, describe, expect, it } from 'vitest';
import { eventually, PIXEL, type McpControl, type McpWorld } from '@patchbay/testing';
import { z } from 'zod';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { inBrowser } from '../support/forms.js';
import { call, createProject, createSession, errorOf, type Call } from '../support/http.js';
import { connectMcp } from '../support/mcp.js';
import { grantsOf, signInAtOidc, untilExpired } from '../support/oidc.js';

const NAMES = ['ADD_NUMBERS', 'DRAW', 'FAIL'];
const Report = z.object({
  toolkit: z.looseObject({ status: z.string(), auth_schemes: z.array(z.string()) }),
  imported: z.array(z.string()),
  renamed: z.array(z.unknown()),
  refused: z.array(z.unknown()),
});

describe('a toolkit that a project adds from an MCP server', () => {
  let apiKey: string;
  let composio: ReturnType<typeof newComposio>;
  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('mcp-toolkits')));
    composio = newComposio(apiKey);
  });

  const here = (path: string, options: Call = {}) => call(path, { apiKey, ...options });
  const urlOf = (kind: string, name: string) => `${environment.mcpUrl}/${kind}/${name}/mcp`;
  const upsert = (slug: string, url: string, more: { headers?: object; approve?: boolean } = {}) => {
    const { headers, ...rest } = more;
    return here('/custom/toolkits/upsert', {
      body: { slug, source: { type: 'mcp', url, headers }, ...rest },
    });
  };
  async function added(kind: string, slug: string, more: { headers?: object } = {}) {
    const answer = await upsert(slug, urlOf(kind, slug), more);
    expect(answer).toMatchObject({ status: 200 });
    return Report.parse(answer.body);
  }
  async function control(name: string, change?: McpControl): Promise<McpWorld> {
    const body = change && { method: 'POST', body: JSON.stringify(change) };
    return (await (await fetch(`${environment.mcpUrl}/control/${name}`, body)).json()) as McpWorld;
  }
  const fresh = (name: string) => unique(name).replaceAll('-', '');
  const prefixed = (slug: string, names = NAMES) => names.map((name) => `${slug.toUpperCase()}_${name}`);
  const view = async (slug: string) => (await here(`/custom/toolkits/${slug}`)).body;
  const slugsOf = async (slug: string) =>
    z
      .object({ items: z.array(z.object({ slug: z.string() })) })
      .parse((await here(`/tools?toolkit_slug=${slug}`)).body)
      .items.map((tool) => tool.slug);

  it.each(['sessions', 'stateless'])('is listed and run, whatever its protocol (%s)', async (kind) => {
    const slug = fresh('up');
    const report = await added(kind, slug, { headers: { 'x-tenant': 'acme' } });
    expect(report).toMatchObject({
      toolkit: { slug, status: 'approved', auth_schemes: ['NO_AUTH'], source: { type: 'mcp' } },
      imported: prefixed(slug),
      renamed: [],
      refused: [],
    });
    const session = await composio.create(unique('user_a'), { toolkits: [slug] });
    const [add, draw, fail] = prefixed(slug);
    for (const b of [1, 2]) {
      const answer = await session.execute(String(add), { a: 1, b });
      expect(answer).toMatchObject({ error: null, data: { sum: 1 + b } });
    }
    expect((await session.execute(String(fail))).error).toBe('No luck today.');
    const { data } = await session.execute(String(draw));
    const { content } = z.object({ content: z.array(z.looseObject({ type: z.string() })) }).parse(data);
    expect(content.map(({ type }) => type)).toEqual(['text', 'image', 'resource']);
    const { file } = z.object({ file: z.object({ s3url: z.string() }) }).parse(content[1]);
    const bytes = Buffer.from(await (await fetch(file.s3url)).arrayBuffer());
    expect(bytes.toString('base64')).toBe(PIXEL);
    expect(new Set((await control(slug)).tenants)).toEqual(new Set(['acme']));
    expect(JSON.stringify(await view(slug))).not.toContain('x-tenant');
  });

  it('is called in one session, and in a new one when that is over', async () => {
    const slug = fresh('up');
    await added('sessions', slug);
    const session = await composio.create(unique('user_a'), { toolkits: [slug] });
    const [add = ''] = prefixed(slug);
    const sum = async (b: number) => (await session.execute(add, { a: 1, b })).data;
    expect([await sum(1), await sum(2)]).toEqual([{ sum: 2 }, { sum: 3 }]);
    await control(slug, { endSessions: true });
    expect([await sum(3), await sum(4)]).toEqual([{ sum: 4 }, { sum: 5 }]);
    // Besides those in which the server was asked for its tools, which are over at once.
    await eventually(async () => expect(await control(slug)).toMatchObject({ open: 1 }));
  });

  it('gives MCP clients its pictures as they are', async () => {
    const slug = fresh('up');
    await added('stateless', slug);
    const [, draw = ''] = prefixed(slug);
    const { mcp } = await composio.create(unique('user_a'), {
      toolkits: [slug],
      preload: { tools: [draw] },
      mcp: true,
    });
    const client = await connectMcp(mcp);
    const { content } = await client.callTool({ name: draw, arguments: {} });
    expect(content).toMatchObject([
      { type: 'text' },
      { type: 'image', data: PIXEL, mimeType: 'image/png' },
      { type: 'resource', resource: { uri: 'test://about' } },
    ]);
    await client.close();
  });

  it.each(['sessions', 'stateless'])(
    'holds back what changed, heard of by itself, until it is approved (%s)',
    async (kind) => {
      const slug = fresh('up');
      await added(kind, slug);
      const session = await createSession({ user_id: 'user_a', toolkits: { enable: [slug] } }, { apiKey });
      // No session is held there, so the server itself is asked.
      await control(slug, { extraTools: { erase_all: 'Erases everything.' } });
      const added1 = prefixed(slug, ['ERASE_ALL']);
      await eventually(async () =>
        expect(await view(slug)).toMatchObject({
          status: 'needs_approval',
          held_back: { added: added1, changed: [], removed: [], settings: false },
        }),
      );
      expect(await slugsOf(slug)).toEqual(prefixed(slug));
      errorOf(await here(`/tools/execute/${String(added1[0])}`, { body: { user_id: 'user_a' } }), 404);
      const approved = await here(`/custom/toolkits/${slug}/approve`, { method: 'POST' });
      expect(approved).toMatchObject({ status: 200, body: { status: 'approved', held_back: null } });
      const ran = await here(`/tools/execute/${String(added1[0])}`, { body: { user_id: 'user_a' } });
      expect(ran.body).toMatchObject({ successful: true });
      // A session goes on with what was approved when it was made.
      const older = await here(`/tool_router/session/${session}/execute`, { body: { tool_slug: added1[0] } });
      errorOf(older, 404);
    },
  );

  it('is signed in to by its own sign-in, with a token that is good for it alone', async () => {
    const slug = fresh('private');
    const report = await added('private', slug);
    expect(report).toMatchObject({ toolkit: { auth_schemes: ['DCR_OAUTH'] }, imported: [] });
    const session = await composio.create(unique('user_a'), { toolkits: [slug] });
    const login = unique('person');
    const request = await session.authorize(slug);
    await inBrowser((page) => signInAtOidc(page, String(request.redirectUrl), login));
    expect(await request.waitForConnection(15_000)).toMatchObject({ status: 'ACTIVE' });
    // The session is older than what is known of the tools, and sees them all the same.
    await eventually(async () =>
      expect(await view(slug)).toMatchObject({ status: 'approved', problem: null, tools_count: 3 }),
    );
    // It is approved once it is stored, and its tools are there once they are loaded.
    await eventually(async () => expect(await slugsOf(slug)).toEqual(prefixed(slug)));
    const [add = ''] = prefixed(slug);
    expect(await session.execute(add, { a: 1, b: 2 })).toMatchObject({ error: null, data: { sum: 3 } });
    await untilExpired(login);
    expect(await session.execute(add, { a: 1, b: 3 })).toMatchObject({ error: null, data: { sum: 4 } });
    expect(new Set((await grantsOf(login)).map(({ grantType }) => grantType))).toContain('refresh_token');
    expect(new Set((await control(slug)).people)).toEqual(new Set([login]));
    // Reading it again takes nothing away, with an account or without one.
    await here(`/custom/toolkits/${slug}/refresh`, { method: 'POST' });
    await composio.connectedAccounts.delete((await request.waitForConnection()).id);
    await here(`/custom/toolkits/${slug}/refresh`, { method: 'POST' });
    expect(await view(slug)).toMatchObject({ status: 'approved', held_back: null, tools_count: 3 });
  });

  it('goes with its accounts when it is deleted', async () => {
    const slug = fresh('gone');
    await added('sessions', slug);
    const user = unique('user_a');
    const session = await composio.create(user, { toolkits: [slug] });
    const [add = ''] = prefixed(slug);
    expect((await session.execute(add, { a: 1, b: 1 })).data).toEqual({ sum: 2 });
    expect((await here(`/custom/toolkits/${slug}`, { method: 'DELETE' })).status).toBe(200);
    errorOf(await here(`/custom/toolkits/${slug}`), 404);
    errorOf(await here(`/tools/execute/${add}`, { body: { user_id: user } }), 404);
    await eventually(async () => expect(await control(slug)).toMatchObject({ open: 0 }));
  });

  it.each([
    ['nothing listens', 'http://127.0.0.1:1/mcp', 'is not a public address'],
    ['no MCP server is there', `${environment.keyedUrl}/open`, 'cannot be used'],
  ])('is refused when %s', async (_, url, words) => {
    const { message } = errorOf(await upsert(fresh('away'), url), 400);
    expect(message).toContain(words);
  });

  it('says why it could not be read, and goes on with what it had', async () => {
    const slug = fresh('up');
    await added('sessions', slug);
    const moved = await upsert(slug, `${environment.keyedUrl}/open`);
    errorOf(moved, 400);
    expect(await view(slug)).toMatchObject({ status: 'approved', tools_count: 3 });
    const elsewhere = await upsert(slug, urlOf('stateless', slug), { headers: { 'x-tenant': 'secret' } });
    errorOf(elsewhere, 409);
  });

  it('shows the headers that are kept to no other address before it is approved', async () => {
    const [slug, other] = [fresh('up'), fresh('other')];
    await added('sessions', slug, { headers: { 'x-tenant': 'secret' } });
    const moved = await upsert(slug, urlOf('stateless', other));
    expect(moved.body).toMatchObject({
      toolkit: { status: 'needs_approval', held_back: { settings: true } },
    });
    await here(`/custom/toolkits/${slug}/refresh`, { method: 'POST' });
    expect((await control(other)).tenants).toEqual([]);
    await here(`/custom/toolkits/${slug}/approve`, { method: 'POST' });
    await here(`/custom/toolkits/${slug}/refresh`, { method: 'POST' });
    expect(new Set((await control(other)).tenants)).toEqual(new Set(['secret']));
  });

  it('takes its headers to no other origin, no matter who approves it', async () => {
    const [slug, other] = [fresh('up'), fresh('other')];
    await added('sessions', slug, { headers: { 'x-tenant': 'secret' } });
    const elsewhere = urlOf('sessions', other).replace('127.0.0.1', 'localhost');
    expect(elsewhere).not.toBe(urlOf('sessions', other));
    expect(await upsert(slug, elsewhere, { approve: true })).toMatchObject({ status: 200 });
    await here(`/custom/toolkits/${slug}/refresh`, { method: 'POST' });
    const [add = ''] = prefixed(slug);
    const run = await here(`/tools/execute/${add}`, {
      body: { user_id: 'user_a', arguments: { a: 1, b: 2 } },
    });
    expect(run.body).toMatchObject({ successful: true, data: { sum: 3 } });
    expect((await control(other)).opened).toBeGreaterThan(0);
    expect((await control(other)).tenants).toEqual([]);
    // Nor back again: they are given again.
    await upsert(slug, urlOf('sessions', slug), { approve: true });
    const before = (await control(slug)).tenants.length;
    await here(`/tools/execute/${add}`, { body: { user_id: 'user_a', arguments: { a: 1, b: 2 } } });
    expect((await control(slug)).tenants).toHaveLength(before);
  });

  it('takes headers for another address with its approval only, also when that was read before', async () => {
    const [slug, other] = [fresh('up'), fresh('other')];
    await added('sessions', slug, { headers: { 'x-tenant': 'secret' } });
    const url = urlOf('stateless', other);
    expect(await upsert(slug, url)).toMatchObject({ status: 200 });
    errorOf(await upsert(slug, url, { headers: { 'x-tenant': 'other' } }), 409);
    expect((await control(other)).tenants).toEqual([]);
    await here(`/tools/execute/${prefixed(slug)[0]}`, { body: { user_id: 'a', arguments: { a: 1, b: 2 } } });
    expect(new Set((await control(slug)).tenants)).toEqual(new Set(['secret']));
  });

  it('shows a call nothing of what another one brought along', async () => {
    const slug = fresh('up');
    await control(slug, { extraTools: { show_request: 'Shows its request.' } });
    await added('sessions', slug);
    const [show] = prefixed(slug, ['SHOW_REQUEST']);
    const carried = async (user_id: string, value?: string) => {
      const parameters = [{ name: 'authorization', in: 'header', value }];
      const custom_auth_params = value && { parameters };
      const { body } = await here(`/tools/execute/${show}`, { body: { user_id, custom_auth_params } });
      const { data } = z.object({ data: z.object({ headers: z.looseObject({}) }) }).parse(body);
      return data.headers['authorization'];
    };
    expect(await carried('alice', 'Bearer alice')).toBe('Bearer alice');
    expect(await Promise.all(['bob', 'carol', 'alice'].map((user) => carried(user)))).toEqual(
      Array.from({ length: 3 }, () => undefined),
    );
  });
});

describe('the MCP server of a vendor that ships', () => {
  const Statuses = z.object({
    results: z.array(z.looseObject({ toolkits: z.array(z.string()) })),
    toolkit_connection_statuses: z.array(
      z.looseObject({ toolkit: z.string(), has_active_connection: z.boolean() }),
    ),
  });
  let apiKey: string;
  let composio: ReturnType<typeof newComposio>;
  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('vendors')));
    composio = newComposio(apiKey);
  });
  const here = (path: string, options: Call = {}) => call(path, { apiKey, ...options });
  const toolkit = async (slug: string) => (await here(`/toolkits/${slug}`)).body;
  const toolsOf = async (slug: string) =>
    z
      .object({ items: z.array(z.object({ slug: z.string(), tags: z.array(z.string()) })) })
      .parse((await here(`/tools?toolkit_slug=${slug}`)).body).items;
  const namesOf = async (slug: string) => (await toolsOf(slug)).map((tool) => tool.slug);

  it('is listed, named by a search and connected by its own sign-in; its tools come with the first account', async () => {
    expect(await toolkit('signvendor')).toMatchObject({
      name: 'Signvendor',
      type: 'native',
      awaits_account: true,
      quality: { grade: 'vendor_mcp', tried: false, source: expect.any(String) },
      auth_config_details: [{ mode: 'DCR_OAUTH' }],
    });
    expect(await namesOf('signvendor')).toEqual([]);
    const session = await composio.create(unique('user_a'));
    const search = async () =>
      Statuses.parse(
        (
          await session.execute('COMPOSIO_SEARCH_TOOLS', {
            queries: [{ use_case: 'add two numbers in Signvendor' }],
          })
        ).data,
      );
    expect(await search()).toMatchObject({
      results: [{ toolkits: expect.arrayContaining(['signvendor']) }],
      toolkit_connection_statuses: expect.arrayContaining([
        expect.objectContaining({ toolkit: 'signvendor', has_active_connection: false }),
      ]),
    });
    const login = unique('person');
    const request = await session.authorize('signvendor');
    await inBrowser((page) => signInAtOidc(page, String(request.redirectUrl), login));
    const { id } = await request.waitForConnection(15_000);
    await eventually(async () => expect(await namesOf('signvendor')).toHaveLength(3));
    expect(await session.execute('SIGNVENDOR_ADD_NUMBERS', { a: 1, b: 2 })).toMatchObject({
      data: { sum: 3 },
    });
    expect(JSON.stringify(await search())).toContain('SIGNVENDOR_ADD_NUMBERS');
    const known = await toolkit('signvendor');
    expect(known).toMatchObject({ name: 'Signvendor', type: 'native', quality: { tried: true } });
    expect(known).not.toHaveProperty('awaits_account');
    expect((await here('/custom/toolkits/signvendor')).body).toMatchObject({
      type: 'native',
      tools_count: 3,
    });
    // Nobody else has it, and it is as it ships once it is taken away.
    const other = await createProject(unique('vendors-other'));
    expect((await call('/tools?toolkit_slug=signvendor', { apiKey: other.apiKey })).body).toMatchObject({
      items: [],
    });
    expect((await here('/custom/toolkits/signvendor', { method: 'DELETE' })).body).toMatchObject({
      connected_accounts_deleted: 1,
    });
    errorOf(await here(`/connected_accounts/${id}`), 404);
    await eventually(async () => expect(await toolkit('signvendor')).toMatchObject({ awaits_account: true }));
  });

  it('holds back what it changes, and marks the tools that are asked for most', async () => {
    const created = await here('/auth_configs', {
      body: {
        toolkit: { slug: 'keyvendor' },
        auth_config: { type: 'use_custom_auth', authScheme: 'API_KEY' },
      },
    });
    const { auth_config: config } = z
      .object({ auth_config: z.object({ id: z.string() }) })
      .parse(created.body);
    const user = unique('user_a');
    const state = { authScheme: 'API_KEY', val: { person: 'ada' } };
    const connection = { user_id: user, state };
    await here('/connected_accounts', { body: { auth_config: { id: config.id }, connection } });
    await eventually(async () => expect(await namesOf('keyvendor')).toHaveLength(3));
    expect((await toolsOf('keyvendor')).filter(({ tags }) => tags.includes('important'))).toMatchObject([
      { slug: 'KEYVENDOR_DRAW' },
    ]);
    const change: McpControl = { extraTools: { delete_all: 'Deletes it all.' } };
    await fetch(`${environment.mcpUrl}/control/keyvendor`, { method: 'POST', body: JSON.stringify(change) });
    await here('/custom/toolkits/keyvendor/refresh', { method: 'POST' });
    expect((await here('/custom/toolkits/keyvendor')).body).toMatchObject({
      status: 'needs_approval',
      held_back: { added: ['KEYVENDOR_DELETE_ALL'] },
    });
    expect(await namesOf('keyvendor')).toHaveLength(3);
    await here('/custom/toolkits/keyvendor/approve', { method: 'POST' });
    await eventually(async () => expect(await namesOf('keyvendor')).toHaveLength(4));
  });

  it('needs no account where it is open to all', async () => {
    await here('/custom/toolkits/openvendor/refresh', { method: 'POST' });
    await eventually(async () => expect(await namesOf('openvendor')).toHaveLength(3));
    const session = await composio.create(unique('user_a'), { toolkits: ['openvendor'] });
    expect(await session.execute('OPENVENDOR_ADD_NUMBERS', { a: 1, b: 2 })).toMatchObject({
      data: { sum: 3 },
    });
  });

  it('says what is wrong when it cannot be asked how it is signed in to', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['awayvendor'] });
    await expect(session.authorize('awayvendor')).rejects.toThrow(/127\.0\.0\.1/);
    expect(await toolkit('awayvendor')).toMatchObject({ awaits_account: true });
  });
});
