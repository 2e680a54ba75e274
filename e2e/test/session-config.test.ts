import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createProject, createSession, errorOf } from '../support/http.js';
import { untilRecorded } from '../support/record.js';
import { newestComposio } from '../support/sdk.newest.js';

const composio = newComposio();
const create = (body: object) => call('/tool_router/session', { body: { user_id: 'ann', ...body } });
const patch = (id: string, body: object) => call(`/tool_router/session/${id}`, { method: 'PATCH', body });
const execute = (id: string, slug: string, args: object, more: object = {}) =>
  call(`/tool_router/session/${id}/execute`, { body: { tool_slug: slug, arguments: args, ...more } });
const runMeta = async (id: string, slug: string, args: object) => {
  const answer = await call(`/tool_router/session/${id}/execute_meta`, { body: { slug, arguments: args } });
  expect(answer.status).toBe(200);
  return (answer.body as { data: Record<string, unknown> }).data;
};

const Shown = z.looseObject({
  session_id: z.string(),
  config: z.looseObject({}),
  config_version: z.number(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })).optional(),
});

describe('a configuration that cannot be', () => {
  const tool = { slug: 'A', name: 'A', description: 'A.', input_schema: { type: 'object', properties: {} } };
  const own = (...custom_tools: object[]) => ({ experimental: { custom_tools } });
  it.each([
    ['a block of another form', { toolkits: ['github'] }, 'toolkits'],
    ['no address', { manage_connections: { callback_url: 'nowhere' } }, 'manage_connections.callback_url'],
    ['a size that there is not', { workbench: { sandbox_size: 'huge' } }, 'workbench.sandbox_size'],
    ['the alias of the workbench', { sandbox: { sandbox_size: 'huge' } }, 'sandbox.sandbox_size'],
    [
      'a threshold of nothing',
      { workbench: { auto_offload_threshold: 0 } },
      'workbench.auto_offload_threshold',
    ],
    [
      'too many accounts',
      { multi_account: { enable: true, max_accounts_per_toolkit: 11 } },
      'multi_account.max_accounts_per_toolkit',
    ],
    [
      'one account, and a most of several',
      { multi_account: { enable: false, max_accounts_per_toolkit: 3 } },
      'multi_account',
    ],
    [
      'one account, to be chosen',
      { multi_account: { enable: false, require_explicit_selection: true } },
      'multi_account',
    ],
    [
      'several accounts and preloaded tools',
      { multi_account: { enable: true }, preload: { tools: ['TIME_GET_CURRENT_TIME'] } },
      'preload.tools',
    ],
    ['everything to preload', { preload: { tools: 'all' } }, 'preload.tools'],
    [
      'a preloaded tool out of scope',
      { toolkits: { enable: ['github'] }, preload: { tools: ['TIME_GET_CURRENT_TIME'] } },
      'preload.tools',
    ],
    ['a tool of another toolkit', { tools: { github: { enable: ['TIME_GET_CURRENT_TIME'] } } }, 'tools'],
    ['an auth config that there is not', { auth_configs: { github: 'ac_none' } }, 'auth_configs.github'],
    [
      'a time zone that there is not',
      { experimental: { assistive_prompt_config: { user_timezone: 'Asia/Nowhere' } } },
      'experimental.assistive_prompt_config.user_timezone',
    ],
    [
      'an unknown permission',
      { experimental: { permissions: { default: 'maybe' } } },
      'experimental.permissions.default',
    ],
    [
      'a script for links',
      { experimental: { link_url_overwrite: 'javascript:alert(1)' } },
      'experimental.link_url_overwrite',
    ],
    [
      'a custom tool without properties',
      own({ ...tool, input_schema: { type: 'object' } }),
      'experimental.custom_tools.0.input_schema',
    ],
    [
      'a custom tool under our name',
      own({ ...tool, slug: 'COMPOSIO_A' }),
      'experimental.custom_tools.0.slug',
    ],
    ['a custom tool twice', own(tool, tool), 'experimental.custom_tools'],
    [
      'a custom tool of no toolkit',
      own({ ...tool, extends_toolkit: 'nowhere' }),
      'experimental.custom_tools',
    ],
    [
      'a custom toolkit that is ours',
      {
        experimental: { custom_toolkits: [{ slug: 'github', name: 'G', description: 'G.', tools: [tool] }] },
      },
      'experimental.custom_tools',
    ],
  ])('is refused with %s, naming the field as it was sent', async (_, body, field) => {
    const { errors = [], code, slug } = errorOf(await create(body), 400);
    expect({ code, slug }).toEqual({ code: 4300, slug: 'ToolRouterV2_BadRequest' });
    expect(errors.join('\n')).toMatch(new RegExp(`^${field.replaceAll('.', '\\.')}`, 'm'));
  });
});

describe('a session', () => {
  it('keeps every field, and shows it under its name of answers', async () => {
    const permissions = { default: 'ask_once_per_session', overrides: { '*:__none__': 'always_allow' } };
    const { body } = await create({
      toolkits: { enable: ['time', 'github'] },
      tools: { time: { disable: ['TIME_CONVERT_TIME'] }, github: { tags: ['readOnlyHint'] } },
      tags: { enable: ['important'], disable: ['destructiveHint'] },
      manage_connections: { callback_url: 'https://app.example/done', enable_connection_removal: false },
      sandbox: { enable: false, auto_offload_threshold: 500 },
      preload: { tools: 'all' },
      search: { enable: false },
      execute: { enable_multi_execute: false },
      experimental: { permissions, link_url_overwrite: 'https://links.example' },
    });
    const shown = Shown.parse(body);
    expect(shown.config).toMatchObject({
      user_id: 'ann',
      toolkits: { enabled: ['time', 'github'] },
      tools: { time: { disabled: ['TIME_CONVERT_TIME'] }, github: { tags: { enabled: ['readOnlyHint'] } } },
      tags: { enabled: ['important'], disabled: ['destructiveHint'] },
      manage_connections: {
        enabled: true,
        enable_connection_removal: false,
        enable_wait_for_connections: false,
      },
      workbench: { enable: false, auto_offload_threshold: 500, sandbox_size: 'standard' },
      preload: { tools: 'all' },
      search: { enable: false },
      execute: { enable_multi_execute: false },
      experimental: { permissions, link_url_overwrite: 'https://links.example' },
    });
    expect(shown.warnings).toMatchObject([{ code: 'PRELOAD_TOOLS_HIGH_CONTEXT_USAGE' }]);
    const link = await call(`/tool_router/session/${shown.session_id}/link`, { body: { toolkit: 'github' } });
    expect(link.body).toMatchObject({
      redirect_url: expect.stringMatching(/^https:\/\/links\.example\/link\//),
    });
  });

  it('warns of a user id that others would share, or that is an address', async () => {
    for (const [user, words] of [
      ['default', /share/],
      [`${unique('ada')}@example.com`, /can change/],
    ] as const) {
      const session = await newestComposio().sessions.create(user, { toolkits: ['time'] });
      expect(session.warnings.map(({ message }) => message)).toEqual([expect.stringMatching(words)]);
      expect((await session.execute('TIME_GET_CURRENT_TIME')).error).toBeNull();
    }
    expect((await newestComposio().sessions.create(unique('user'))).warnings).toEqual([]);
  });

  it('goes back to its defaults for null, and keeps what is left out', async () => {
    const id = await createSession({
      user_id: 'ann',
      toolkits: { enable: ['time'] },
      manage_connections: { callback_url: 'https://app.example/done', enable_wait_for_connections: true },
      experimental: { link_url_overwrite: 'https://links.example' },
    });
    const { body } = await patch(id, {
      toolkits: null,
      manage_connections: { callback_url: null },
      experimental: null,
    });
    const { config } = Shown.parse(body);
    expect(config).not.toHaveProperty('toolkits');
    expect(config).not.toHaveProperty('experimental');
    expect(config['manage_connections']).toEqual({
      enabled: true,
      enable_wait_for_connections: true,
      enable_connection_removal: true,
    });
  });

  it('has a history, newest first, and takes a change for the version it was made for only', async () => {
    const id = await createSession({ user_id: 'ann', toolkits: { enable: ['time'] } });
    await patch(id, { toolkits: { enable: ['github'] }, expected_config_version: 1 });
    const late = await patch(id, { toolkits: { enable: [] }, expected_config_version: 1 });
    errorOf(late, 409);
    expect(late.headers.get('x-should-retry')).toBe('false');
    await patch(id, { toolkits: { enable: ['time', 'github'] } });

    const history = async (query: string) => {
      const answer = await call(`/tool_router/session/${id}/config_history${query}`);
      expect(answer.status).toBe(200);
      return z
        .object({
          items: z.array(
            z.object({ version: z.number(), is_current: z.boolean(), config: z.looseObject({}) }),
          ),
          next_cursor: z.string().nullable(),
          total_items: z.number(),
        })
        .parse(answer.body);
    };
    const first = await history('?limit=2');
    expect(first.items.map(({ version, is_current: isCurrent }) => [version, isCurrent])).toEqual([
      [3, true],
      [2, false],
    ]);
    const rest = await history(`?limit=2&cursor=${first.next_cursor}`);
    expect(rest).toMatchObject({
      items: [{ version: 1, is_current: false, config: { toolkits: { enabled: ['time'] } } }],
      next_cursor: null,
      total_items: 3,
    });
    errorOf(await call(`/tool_router/session/${id}/config_history?cursor=nonsense`), 400);
  });

  it('remembers what models write down, for its searches only', async () => {
    const id = await createSession({ user_id: 'ann', toolkits: { enable: ['time'] } });
    const facts = { time: ['Meetings are named in Asia/Tokyo.'] };
    await runMeta(id, 'COMPOSIO_MULTI_EXECUTE_TOOL', {
      tools: [{ tool_slug: 'TIME_GET_CURRENT_TIME', arguments: {} }],
      sync_response_to_workbench: false,
      memory: facts,
    });
    const search = { queries: [{ use_case: 'what time is it' }] };
    expect(await runMeta(id, 'COMPOSIO_SEARCH_TOOLS', search)).toMatchObject({
      results: [{ memory: facts }],
    });
    const other = await createSession({ user_id: 'ann', toolkits: { enable: ['time'] } });
    expect(JSON.stringify(await runMeta(other, 'COMPOSIO_SEARCH_TOOLS', search))).not.toContain('Meetings');
  });
});

describe('feedback', () => {
  const submit = (id: string, args: object) => execute(id, 'COMPOSIO_SUBMIT_FEEDBACK', args);
  const feedbackOf = async (id: string, query = '') =>
    z
      .looseObject({ items: z.array(z.looseObject({})), next_cursor: z.string().nullish() })
      .parse((await call(`/tool_router/session/${id}/feedback${query}`)).body);

  it('is given by an agent whose session was told so by the SDK, and read page by page', async () => {
    const sdk = newestComposio();
    const session = await sdk.sessions.create(unique('user_a'), { toolkits: ['time'] });
    const { sessionId: id } = session;
    errorOf(await submit(id, { feedback: 'Too early.' }), 400);
    await session.update({ experimental: { submitFeedback: { enable: true } } });
    const tools = await sdk.tools.getRawToolRouterSessionTools(id);
    expect(tools.map(({ slug }) => slug)).toContain('COMPOSIO_SUBMIT_FEEDBACK');
    expect((await call(`/tool_router/session/${id}`)).body).toMatchObject({
      config: { experimental: { submit_feedback: { enable: true } } },
    });
    const about = { feedback: ' No time zone is said. ', tool_slug: 'TIME_GET_CURRENT_TIME' };
    const first = await session.execute('COMPOSIO_SUBMIT_FEEDBACK', about);
    expect(first).toMatchObject({ error: null, data: { feedback_id: expect.stringMatching(/^fb_/) } });
    await submit(id, { feedback: 'A tool for moon phases is missing.' });
    const { items, next_cursor: next } = await feedbackOf(id, '?limit=1');
    expect(items).toMatchObject([{ feedback: 'A tool for moon phases is missing.', tool_slug: null }]);
    expect((await feedbackOf(id, `?limit=1&cursor=${next}`)).items).toEqual([
      {
        id: first.data['feedback_id'],
        feedback: 'No time zone is said.',
        tool_slug: 'TIME_GET_CURRENT_TIME',
        log_id: first.logId,
        created_at: expect.any(String),
      },
    ]);
    // Null brings the default back, which is none; what was said stays until the session goes.
    await session.update({ experimental: { submitFeedback: null } });
    errorOf(await submit(id, { feedback: 'Too late.' }), 400);
    expect((await feedbackOf(id)).items).toHaveLength(2);
    await session.delete();
    errorOf(await call(`/tool_router/session/${id}/feedback`), 404);
  });

  it('is bounded, and no other project’s to read', async () => {
    const experimental = { submit_feedback: { enable: true } };
    const id = await createSession({ user_id: 'ann', toolkits: { enable: ['time'] }, experimental });
    for (const args of [{}, { feedback: '  ' }, { feedback: 'x'.repeat(4_001) }]) {
      const { body } = await submit(id, args);
      expect(body).toMatchObject({ error: expect.stringContaining('feedback'), result_type: 'failed' });
    }
    expect((await feedbackOf(id)).items).toEqual([]);
    const { apiKey } = await createProject(unique('feedback'));
    errorOf(await call(`/tool_router/session/${id}/feedback`, { apiKey }), 404);
  });
});

describe('waiting for connections', () => {
  const wait = (id: string, args: object) => runMeta(id, 'COMPOSIO_WAIT_FOR_CONNECTIONS', args);
  const waiting = (user: string) =>
    createSession({
      user_id: user,
      toolkits: { enable: ['time', 'keyed'] },
      manage_connections: { enable_wait_for_connections: true },
    });

  it('ends when an account is connected, and needs none where none is needed', async () => {
    const user = unique('user_waiting');
    const id = await waiting(user);
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    const waited = wait(id, { toolkits: ['time', 'keyed'], mode: 'all' });
    const account = await connectKeyed(composio, user, config);
    expect(await waited).toMatchObject({
      results: {
        time: { status: 'ACTIVE', has_active_connection: true },
        keyed: { status: 'ACTIVE', has_active_connection: true, connected_account_id: account },
      },
    });
  });

  it('is not done for what the session may not use', async () => {
    const id = await waiting(unique('user_waiting'));
    expect(await wait(id, { toolkits: ['github'] })).toMatchObject({
      results: {
        github: { status: 'FAILED', error_message: expect.stringContaining('[Session Restriction]') },
      },
    });
  });
});

describe('several accounts of one toolkit', () => {
  const user = unique('user_with_two');
  let [work, home]: string[] = [];
  beforeAll(async () => {
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    work = await connectKeyed(composio, user, config, { alias: 'work', owner: 'ada' });
    home = await connectKeyed(composio, user, config, { alias: 'home', owner: 'grace' });
  });

  it('are chosen among: the newest, or the one that is named; the answer and the record say which', async () => {
    const id = await createSession({ user_id: user, toolkits: { enable: ['keyed'] } });
    for (const [more, account, name] of [
      [{}, home, 'grace'],
      [{ account: 'work' }, work, 'ada'],
      [{ account: home }, home, 'grace'],
    ] as const) {
      const { body } = await execute(id, 'KEYED_WHO_AM_I', {}, more);
      expect(body).toMatchObject({ connected_account_id: account, data: { name } });
      const { log_id: logId } = z.looseObject({ log_id: z.string() }).parse(body);
      expect(JSON.stringify(await untilRecorded(logId))).toContain(account);
    }
  });

  it('have to be chosen among when the session says so, and the refusal lists them', async () => {
    const multi_account = { enable: true, require_explicit_selection: true };
    const id = await createSession({ user_id: user, toolkits: { enable: ['keyed'] }, multi_account });
    const { message, suggested_fix: fix } = errorOf(await execute(id, 'KEYED_WHO_AM_I', {}), 400);
    for (const told of [work, home, 'work', 'home', 'ACTIVE']) expect(message).toContain(told);
    expect(fix).toContain('account');
    const found = await runMeta(id, 'COMPOSIO_SEARCH_TOOLS', {
      queries: [{ use_case: 'who am I at keyed' }],
    });
    expect(found['toolkit_connection_statuses']).toMatchObject([
      {
        toolkit: 'keyed',
        account_selection: 'required',
        accounts: [{ id: home, is_default: true }, { id: work }],
      },
    ]);
    const many = await runMeta(id, 'COMPOSIO_MULTI_EXECUTE_TOOL', {
      sync_response_to_workbench: false,
      tools: [
        { tool_slug: 'KEYED_WHO_AM_I', arguments: {}, account: 'work' },
        { tool_slug: 'KEYED_WHO_AM_I', arguments: {} },
      ],
    });
    expect(many['results']).toMatchObject([
      { response: { data: { name: 'ada' }, connected_account_id: work } },
      { response: null, error: expect.stringContaining('home') },
    ]);
  });

  it('are no more than the session allows, although their links were made at the same time', async () => {
    const owner = unique('user_of_two');
    await connectKeyed(composio, owner, await customConfig(composio, 'keyed', 'API_KEY'));
    const multi_account = { enable: true, max_accounts_per_toolkit: 2 };
    const id = await createSession({ user_id: owner, toolkits: { enable: ['keyed'] }, multi_account });
    const links = await Promise.all(
      [1, 2, 3].map(() => call(`/tool_router/session/${id}/link`, { body: { toolkit: 'keyed' } })),
    );
    await Promise.all(
      links.map(({ body }) =>
        fetch((body as { redirect_url: string }).redirect_url, {
          method: 'POST',
          body: new URLSearchParams({ generic_api_key: environment.keys.grace }),
        }),
      ),
    );
    const { items } = await composio.connectedAccounts.list({ userIds: [owner] });
    expect(items.map(({ status }) => status).toSorted()).toEqual(['ACTIVE', 'ACTIVE', 'FAILED', 'FAILED']);
    expect(items.find(({ status }) => status === 'FAILED')?.statusReason).toContain('as many accounts');
  });

  it('are no more than the session allows, and are renamed and removed by its agent', async () => {
    const multi_account = { enable: true, max_accounts_per_toolkit: 2 };
    const id = await createSession({ user_id: user, toolkits: { enable: ['keyed'] }, multi_account });
    const refused = errorOf(
      await call(`/tool_router/session/${id}/link`, { body: { toolkit: 'keyed' } }),
      400,
    );
    expect(refused.message).toContain('2 accounts');
    const manage = async (...wanted: object[]) => {
      const data = await runMeta(id, 'COMPOSIO_MANAGE_CONNECTIONS', {
        toolkits: wanted.map((one) => ({ name: 'keyed', ...one })),
      });
      return (data['results'] as Record<string, object>)['keyed'];
    };
    const alias = unique('spare');
    expect(await manage({ action: 'rename', account_id: 'home', alias })).toMatchObject({ alias });
    expect(await manage({ action: 'rename', account_id: home, alias: 'work' })).toMatchObject({
      status: 'failed',
    });
    const first = await manage({ action: 'remove', account_id: alias });
    expect(first).toMatchObject({ removed: false, confirmation_required: true });
    const { confirmation } = first as unknown as { confirmation: string };
    expect(await manage({ action: 'remove', account_id: alias, confirmation })).toMatchObject({
      removed: true,
    });
    expect(await manage({ action: 'list' })).toMatchObject({ accounts: [{ id: work, alias: 'work' }] });
    // Several wishes for one toolkit are each answered, in their order.
    const renamed = { action: 'rename', account_id: work };
    expect(
      await manage({ ...renamed, alias }, { ...renamed, alias: 'work' }, { action: 'list' }),
    ).toMatchObject({
      alias,
      further_results: [{ alias: 'work' }, { accounts: [{ id: work, alias: 'work' }] }],
    });
  });
});
