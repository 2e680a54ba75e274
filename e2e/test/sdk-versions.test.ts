import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call } from '../support/http.js';
import { timesWritten } from '../support/notes.js';
import { loadSdk, SDK_VERSIONS } from '../support/sdk.versions.js';

const TIME = { time: '2026-01-20T12:00:00', from_timezone: 'UTC', to_timezone: 'Asia/Tokyo' };

/** It had no method to delete a session yet. */
const OLDEST = 'composio-core-0-10';

const bySlug = (results: unknown) =>
  z
    .array(z.looseObject({ tool_slug: z.string() }))
    .parse(results)
    .toSorted((a, b) => a.tool_slug.localeCompare(b.tool_slug));

describe.each(SDK_VERSIONS)('a session of the SDK %s', (_version, module) => {
  const user = unique('user_of_a_release');
  let sdk: Awaited<ReturnType<typeof loadSdk>>;
  let accountId: string;
  let session: Awaited<ReturnType<typeof create>>;

  const create = (config: Parameters<typeof sdk.composio.create>[1]) =>
    sdk.composio.create(user, { ...config, mcp: true });

  beforeAll(async () => {
    sdk = await loadSdk(module);
    const { z: own } = sdk;
    const today = newComposio();
    accountId = await connectKeyed(today, user, await customConfig(today, 'keyed', 'API_KEY'));
    const greet = sdk.createTool('GREET', {
      name: 'Greet somebody',
      description: 'Greets a person by name, in the process of the caller.',
      inputParams: own.object({ name: own.string() }),
      execute: async ({ name }) => ({ greeting: `Hello, ${name}` }),
    });
    const whose = sdk.createTool('WHOSE_ACCOUNT', {
      name: 'Whose account',
      description: 'Asks a remote tool from inside a local one.',
      extendsToolkit: 'keyed',
      preload: true,
      inputParams: own.object({}),
      execute: async (__, context) => {
        const { data } = await context.execute('KEYED_WHO_AM_I', {});
        return { whose: data };
      },
    });
    const desk = sdk.createToolkit('DESK', {
      name: 'Desk',
      description: 'What lies on the desk of the caller.',
      tools: [
        sdk.createTool('COUNT_PENS', {
          name: 'Count pens',
          description: 'Counts the pens on the desk.',
          inputParams: own.object({}),
          execute: async () => ({ pens: 3 }),
        }),
      ],
    });
    session = await create({
      toolkits: ['keyed', 'time', 'github'],
      manageConnections: { enable: true, callbackUrl: 'https://app.example/done', waitForConnections: true },
      experimental: {
        assistivePrompt: { userTimezone: 'Asia/Tokyo' },
        customTools: [greet, whose],
        customToolkits: [desk],
      },
    });
  });

  it('is created with its configuration, a prompt for the model, and an address for MCP', () => {
    expect(session.sessionId).toMatch(/^trs_/);
    expect(session.mcp).toMatchObject({
      type: 'http',
      url: expect.stringContaining(session.sessionId),
      headers: { 'x-api-key': environment.apiKey },
    });
    expect(session.experimental.assistivePrompt).toMatch(/COMPOSIO_SEARCH_TOOLS[^]*Asia\/Tokyo/);
  });

  it('is gone on with by its id, with custom tools and without', async () => {
    expect((await sdk.composio.use(session.sessionId)).sessionId).toBe(session.sessionId);
    const { z: own } = sdk;
    const again = sdk.createTool('GREET', {
      name: 'Greet somebody',
      description: 'Greets a person by name.',
      inputParams: own.object({ name: own.string() }),
      execute: async ({ name }) => ({ greeting: `Again, ${name}` }),
    });
    const attached = await sdk.composio.use(session.sessionId, { customTools: [again] });
    expect((await attached.execute('GREET', { name: 'Ada' })).data).toEqual({ greeting: 'Again, Ada' });
  });

  it('gives its tools, a preloaded one of the caller among them', async () => {
    const names = (await session.tools()).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'COMPOSIO_SEARCH_TOOLS',
        'COMPOSIO_GET_TOOL_SCHEMAS',
        'COMPOSIO_MULTI_EXECUTE_TOOL',
        'COMPOSIO_MANAGE_CONNECTIONS',
        'COMPOSIO_WAIT_FOR_CONNECTIONS',
        'LOCAL_KEYED_WHOSE_ACCOUNT',
      ]),
    );
    expect(names).not.toContain('LOCAL_GREET');
  });

  it('lists its toolkits page by page, and by what is asked for', async () => {
    const slugs: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await session.toolkits({ limit: 1, cursor });
      slugs.push(...page.items.map(({ slug }) => slug));
      cursor = page.cursor;
    } while (cursor);
    expect(slugs.toSorted()).toEqual(['github', 'keyed', 'time']);
    const listed = async (filter: Parameters<typeof session.toolkits>[0]) =>
      (await session.toolkits(filter)).items.map(({ slug }) => slug);
    expect(await listed({ isConnected: true })).toEqual(['keyed']);
    expect(await listed({ toolkits: ['time', 'slack'] })).toEqual(['time']);
    expect(await listed({ search: 'github' })).toEqual(['github']);
    const { items } = await session.toolkits({ toolkits: ['keyed'] });
    expect(items[0]?.connection).toMatchObject({ isActive: true, connectedAccount: { id: accountId } });
  });

  it('finds remote tools and those of the caller in one search', async () => {
    const found = await session.search({ query: 'convert a time into another time zone' });
    expect(found.success).toBe(true);
    expect(found.results[0]?.primaryToolSlugs).toContain('TIME_CONVERT_TIME');
    const own = await session.search({ query: 'count the pens on the desk' });
    expect(own.results[0]?.primaryToolSlugs[0]).toBe('LOCAL_DESK_COUNT_PENS');
    expect(own.toolSchemas['LOCAL_DESK_COUNT_PENS']).toMatchObject({ hasFullSchema: true });
    const narrowed = await session.search({ query: 'who am I', toolkits: ['keyed'] });
    expect(narrowed.results[0]?.toolkits).toEqual(['keyed']);
  });

  it('runs remote tools, those of the caller, and both from one another', async () => {
    expect(JSON.stringify((await session.execute('TIME_CONVERT_TIME', TIME)).data)).toContain('21:00');
    expect((await session.execute('KEYED_WHO_AM_I', {}, { account: accountId })).data).toMatchObject({
      name: 'ada',
    });
    expect((await session.execute('GREET', { name: 'Ada' })).data).toEqual({ greeting: 'Hello, Ada' });
    expect((await session.execute('LOCAL_DESK_COUNT_PENS', {})).data).toEqual({ pens: 3 });
    const { data } = await session.execute('WHOSE_ACCOUNT', {});
    expect(data).toMatchObject({ whose: { name: 'ada' } });
  });

  it('runs remote tools and those of the caller together, each with its own result', async () => {
    const text = unique('together');
    const several = (await session.tools()).find(({ name }) => name === 'COMPOSIO_MULTI_EXECUTE_TOOL');
    const outcome = await several?.run({
      sync_response_to_workbench: false,
      tools: [
        { tool_slug: 'KEYED_WRITE_NOTE', arguments: { text } },
        { tool_slug: 'LOCAL_GREET', arguments: { name: 'Grace' } },
        { tool_slug: 'NO_SUCH_TOOL', arguments: {} },
        { tool_slug: 'TIME_CONVERT_TIME', arguments: TIME },
      ],
    });
    // Older releases put the results of the caller's own tools last.
    expect(bySlug(outcome?.data['results'])).toMatchObject([
      { tool_slug: 'KEYED_WRITE_NOTE', response: { successful: true } },
      { tool_slug: 'LOCAL_GREET', response: { successful: true, data: { greeting: 'Hello, Grace' } } },
      { tool_slug: 'NO_SUCH_TOOL', error: expect.stringContaining('NO_SUCH_TOOL') },
      { tool_slug: 'TIME_CONVERT_TIME', response: { successful: true } },
    ]);
    expect(await timesWritten(text)).toBe(1);
  });

  it("sends requests of the caller's own to a provider, as the account of the session", async () => {
    const text = unique('proxied');
    const written = await session.proxyExecute({
      toolkit: 'keyed',
      endpoint: '/notes',
      method: 'POST',
      body: { text },
    });
    expect(written).toMatchObject({ status: 200, data: { text } });
    expect(await timesWritten(text)).toBe(1);
    const echoed = await session.proxyExecute({
      toolkit: 'keyed',
      endpoint: `${environment.keyedUrl}/echo`,
      method: 'GET',
      parameters: [{ in: 'query', name: 'text', value: 'heard' }],
    });
    expect(echoed.data).toEqual({ name: 'ada', text: 'heard' });
    await expect(
      session.proxyExecute({ toolkit: 'slack', endpoint: '/', method: 'GET' }),
    ).rejects.toMatchObject({ status: 400 });
  });

  it('makes a link for an account, and sees that one is connected', async () => {
    const request = await session.authorize('github', { alias: unique('mine') });
    expect(request.id).toMatch(/^ca_/);
    expect(request.redirectUrl).toContain('/link/');
    const managed = await session.execute('COMPOSIO_MANAGE_CONNECTIONS', { toolkits: ['keyed'] });
    expect(managed.data).toMatchObject({
      results: { keyed: { status: 'active', connected_account_id: accountId } },
    });
    // Newer releases ask by themselves before they make a link.
    if ('ensureConnected' in session) await session.ensureConnected('keyed');
  });

  it('is changed, and the change holds from the next call on', async () => {
    await session.update({ toolkits: ['keyed', 'time'], manageConnections: null });
    await expect(session.execute('GITHUB_GET_THE_AUTHENTICATED_USER')).rejects.toMatchObject({ status: 400 });
    expect((await session.execute('KEYED_WHO_AM_I')).error).toBeNull();
  });

  it('is deleted, and then gone', async () => {
    const { composio } = sdk;
    const { sessionId } = session;
    const deleted =
      module === OLDEST
        ? (await call(`/tool_router/session/${sessionId}`, { method: 'DELETE' })).body
        : await session.delete();
    expect(deleted).toMatchObject({ deleted: true });
    await expect(composio.use(sessionId)).rejects.toMatchObject({ status: 404 });
  });
});
