import { AnthropicProvider } from '@composio/anthropic';
import { Composio } from '@composio/core';
import { OpenAIProvider } from '@composio/openai';
import { VercelProvider } from '@composio/vercel';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createProject, errorOf } from '../support/http.js';

const Page = z.object({
  items: z.array(z.looseObject({ slug: z.string() })),
  next_cursor: z.string().nullable(),
  total_items: z.number(),
});
const settings = {
  apiKey: environment.apiKey,
  baseURL: environment.baseUrl,
  allowTracking: false,
  disableVersionCheck: true,
};

async function slugs(path: string, apiKey = environment.apiKey): Promise<string[]> {
  const answer = await call(path, { apiKey });
  expect(answer.status).toBe(200);
  return Page.parse(answer.body).items.map(({ slug }) => slug);
}

describe('the toolkits of the catalogue', () => {
  it('are listed page by page, each once, by use or by name', async () => {
    const all = await slugs('/toolkits?limit=1000');
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await call(`/toolkits?limit=7&cursor=${cursor}`);
      const page = Page.parse(body);
      seen.push(...page.items.map(({ slug }) => slug));
      cursor = page.next_cursor ?? '';
    } while (cursor);
    expect(seen).toEqual(all);
    expect(all.slice(0, 3)).toEqual(['gmail', 'github', 'googlecalendar']);
    const { body } = await call('/toolkits?limit=1000&sort_by=alphabetically');
    const names = Page.parse(body).items.map((item) => String(item['name']));
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
  });

  it('are filtered by category, words, manager and kind', async () => {
    expect(await slugs('/toolkits?category=tests')).toEqual(expect.arrayContaining(['keyed', 'basicly']));
    expect(await slugs('/toolkits?search=Takes an API key')).toEqual(['keyed']);
    expect(errorOf(await call('/toolkits?search=ke'), 400).errors).toEqual([
      expect.stringContaining('search'),
    ]);
    expect(await slugs('/toolkits?managed_by=composio&limit=1000')).toContain('github');
    expect(await slugs('/toolkits?managed_by=composio&limit=1000')).not.toContain('keyed');
    expect(await slugs('/toolkits?managed_by=project')).toEqual([]);
    expect(await slugs('/toolkits?type=native&limit=1000')).toContain('keyed');
    const several = await call('/toolkits/multi', { body: { toolkits: ['time', 'keyed', 'nothing'] } });
    expect(
      Page.parse(several.body)
        .items.map(({ slug }) => slug)
        .toSorted(),
    ).toEqual(['keyed', 'time']);
  });

  it('are shown by the SDK, with their categories and versions', async () => {
    const composio = newComposio();
    expect(await composio.toolkits.get('github')).toMatchObject({ slug: 'github', name: 'GitHub' });
    const { items } = await composio.toolkits.listCategories();
    expect(items).toEqual(expect.arrayContaining([{ id: 'tests', name: 'tests' }]));
    const changelog = await call('/toolkits/changelog');
    expect(changelog.body).toMatchObject({
      items: expect.arrayContaining([
        {
          slug: 'keyed',
          name: 'Keyed',
          display_name: 'Keyed',
          versions: [expect.objectContaining({ version: '20261122_00' })],
        },
      ]),
    });
    await expect(composio.toolkits.get('no_such_toolkit')).rejects.toThrow(/not found/i);
  });
});

describe('the tools of the catalogue', () => {
  it('are filtered by toolkit, tag, scope and importance, and named ones override all of it', async () => {
    expect(await slugs('/tools?toolkit_slug=keyed,basicly&limit=100')).toEqual(
      expect.arrayContaining(['KEYED_ECHO', 'BASICLY_WHO_AM_I']),
    );
    const important = await slugs('/tools?toolkit_slug=github&important=true&limit=1000');
    const all = await slugs('/tools?toolkit_slug=github&limit=1000');
    expect(important.length).toBeGreaterThan(0);
    expect(important.length).toBeLessThan(all.length);
    const reading = await slugs('/tools?toolkit_slug=github&tags=readOnlyHint&limit=1000');
    expect(reading).toContain('GITHUB_GET_AN_ISSUE');
    expect(reading).not.toContain('GITHUB_CREATE_AN_ISSUE');
    expect(await slugs('/tools?toolkit_slug=slack&scopes=chat%3Awrite&limit=1000')).toContain(
      'SLACK_SEND_MESSAGE',
    );
    expect(await slugs('/tools?tool_slugs=KEYED_ECHO,NO_SUCH&toolkit_slug=github&limit=9999')).toEqual([
      'KEYED_ECHO',
    ]);
  });

  it('are those that auth configs leave of their toolkits', async () => {
    const { apiKey } = await createProject(unique('catalogue'));
    const composio = newComposio(apiKey);
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    const other = await customConfig(composio, 'basicly', 'BASIC');
    const narrow = await call(`/auth_configs/${config}`, {
      apiKey,
      method: 'PATCH',
      body: { type: 'custom', tool_access_config: { tools_available_for_execution: ['KEYED_ECHO'] } },
    });
    expect(narrow.status).toBe(200);
    const listed = await slugs(`/tools?auth_config_ids=${config},${other}`, apiKey);
    expect(listed.toSorted()).toEqual(['BASICLY_WHO_AM_I', 'KEYED_ECHO']);
    const user = unique('user');
    await connectKeyed(composio, user, config);
    const refused = await call('/tools/execute/KEYED_WHO_AM_I', { apiKey, body: { user_id: user } });
    errorOf(refused, 400);
  });

  it('are shown one by one, by version, and as a plain list of slugs', async () => {
    const composio = newComposio();
    expect(await composio.tools.getRawComposioToolBySlug('keyed_echo')).toMatchObject({ slug: 'KEYED_ECHO' });
    const { body } = await call('/tools/KEYED_ECHO?version=20261122_00');
    expect(body).toMatchObject({ slug: 'KEYED_ECHO', version: '20261122_00' });
    errorOf(await call('/tools/KEYED_ECHO?version=20200101_00'), 404);
    const list = await call('/tools/enum');
    expect(list.body).toEqual(expect.arrayContaining(['KEYED_ECHO', 'GITHUB_CREATE_AN_ISSUE']));
  });

  it('say which scopes they want together', async () => {
    const tools = ['SLACK_SEND_MESSAGE', 'SLACK_ADD_REACTION_TO_AN_ITEM'];
    const { body } = await call('/tools/scopes/required', { body: { tools } });
    expect(body).toMatchObject({
      scopes_required: expect.arrayContaining(['chat:write', 'reactions:write']),
      per_tool_requirements: [
        { tool: tools[0], scope_requirements: { all_of: expect.any(Array) } },
        { tool: tools[1] },
      ],
    });
    errorOf(await call('/tools/scopes/required', { body: { tools: ['KEYED_ECHO', ...tools] } }), 400);
  });

  it('are what a sign-in is recommended to ask for, as far as that may be', async () => {
    const recommend = (body: object, slug = 'slack') =>
      call(`/toolkits/${slug}/scopes/recommended`, { body: { tools: ['SLACK_SEND_MESSAGE'], ...body } });
    const scopes = ['chat:write', 'users:read'];
    const answer = await recommend({ include: ['users:read'], available_scopes: [...scopes, 'pins:read'] });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        auth_scheme: 'OAUTH2',
        toolkit_version: expect.stringMatching(/^\d{8}_\d{2}$/),
        grant_context: {},
        scopes: { least_privilege: scopes, fewest: scopes, conditional: [] },
        tools_without_scopes: [],
      },
    });
    const all = (await recommend({ tools: [] })).body as { scopes: { fewest: string[] } };
    expect(all.scopes.fewest.length).toBeGreaterThan(10);
    for (const [body, issue] of [
      [{ exclude: ['chat:write'] }, 'exclude: SLACK_SEND_MESSAGE needs chat:write'],
      [{ available_scopes: ['users:read'] }, 'available_scopes: SLACK_SEND_MESSAGE needs chat:write'],
      [{ tools: ['KEYED_ECHO'] }, 'tools: KEYED_ECHO: not of slack'],
      [{ auth_scheme: 'BEARER_TOKEN' }, 'auth_scheme: must be one with scopes: OAUTH2'],
    ] as const) {
      expect(errorOf(await recommend(body), 400).errors).toEqual([issue]);
    }
    errorOf(await recommend({ grant_context: { account_type: 'x' } }), 400);
    errorOf(await recommend({ except: ['chat:write'] }), 400);
    errorOf(await recommend({ toolkit_version: '20200101_00' }), 404);
    errorOf(await recommend({}, 'nonsense'), 404);

    const contexts = await call('/toolkits/slack/scopes/grant_context?auth_scheme=OAUTH2');
    expect(contexts.body).toMatchObject({
      auth_scheme: 'OAUTH2',
      grant_context_dimensions: [],
      default_grant_context: {},
    });
    errorOf(await call('/toolkits/keyed/scopes/grant_context'), 400);
  });
});

describe('tools.get in the wrapping of', () => {
  const user = unique('user');
  beforeAll(async () => {
    const composio = newComposio();
    await connectKeyed(composio, user, await customConfig(composio, 'keyed', 'API_KEY'));
  });

  it('OpenAI: functions that it can call', async () => {
    const composio = new Composio({ ...settings, provider: new OpenAIProvider() });
    const tools = await composio.tools.get(user, { tools: ['KEYED_ECHO', 'GITHUB_CREATE_AN_ISSUE'] });
    expect(tools).toHaveLength(2);
    for (const tool of tools) {
      expect(tool).toMatchObject({ type: 'function', function: { parameters: { type: 'object' } } });
    }
    const called = {
      id: 'call_1',
      type: 'function' as const,
      function: { name: 'KEYED_ECHO', arguments: '{"text":"hi"}' },
    };
    expect(await composio.provider.executeToolCall(user, called)).toContain('"text":"hi"');
  });

  it('Anthropic: tools with an input schema', async () => {
    const composio = new Composio({ ...settings, provider: new AnthropicProvider() });
    const [tool] = await composio.tools.get(user, { tools: ['KEYED_ECHO'] });
    expect(tool).toMatchObject({ name: 'KEYED_ECHO', input_schema: { type: 'object' } });
  });

  it('the Vercel AI SDK: tools that run by themselves', async () => {
    const composio = new Composio({ ...settings, provider: new VercelProvider() });
    const tools = await composio.tools.get(user, { toolkits: ['keyed'] });
    expect(Object.keys(tools)).toEqual(expect.arrayContaining(['KEYED_ECHO']));
    const options = { toolCallId: 'call_1', messages: [], context: {} };
    const result: unknown = await tools['KEYED_ECHO']?.execute?.({ text: 'hi' }, options as never);
    expect(JSON.stringify(result)).toContain('hi');
  });
});
