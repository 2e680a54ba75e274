import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { z } from 'zod';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createProject, createSession } from '../support/http.js';
import { callTool, connectMcp } from '../support/mcp.js';
import { timesWritten } from '../support/notes.js';

const composio = newComposio();
const user = unique('user_in_scope');
const TARGET = 'KEYED_WRITE_NOTE';

let configId: string;
let accountId: string;
beforeAll(async () => {
  configId = await customConfig(composio, 'keyed', 'API_KEY');
  accountId = await connectKeyed(composio, user, configId);
});

/** What a door let through, in one word for all of them. */
interface Tried {
  session: string;
  text: string;
  account?: string;
  apiKey?: string;
}

const Outcome = z.looseObject({ data: z.looseObject({}), error: z.string().nullable() });
const path = ({ session }: Tried, rest: string) => `/tool_router/session/${session}${rest}`;
const post = (tried: Tried, rest: string, body: unknown) =>
  call(path(tried, rest), { body, apiKey: tried.apiKey ?? environment.apiKey });
/** A refusal of ours, and no failure on the way. */
const isRefusal = (status: number) => status === 400 || status === 404;
const named = ({ account }: Tried) => (account ? { account } : {});

async function runMeta(tried: Tried, slug: string, args: unknown, door = '/execute_meta') {
  const field = door === '/execute' ? 'tool_slug' : 'slug';
  const answer = await post(tried, door, { [field]: slug, arguments: args });
  return answer.status === 200 ? JSON.stringify(Outcome.parse(answer.body).data) : `refused ${answer.status}`;
}

type McpClient = Awaited<ReturnType<typeof connectMcp>>;

/** One client a session: connecting again for each door would take longer than everything else. */
const clients = new Map<string, Promise<McpClient>>();
afterAll(async () => {
  for (const client of await Promise.all(clients.values())) await client.close();
});

async function overMcp<T>({ session }: Tried, work: (client: McpClient) => Promise<T>): Promise<T> {
  const url = `${environment.baseUrl}/tool_router/${session}/mcp`;
  const client = clients.get(session) ?? connectMcp({ url, headers: { 'x-api-key': environment.apiKey } });
  clients.set(session, client);
  return work(await client);
}

const several = ({ text, ...tried }: Tried) => ({
  sync_response_to_workbench: false,
  tools: [{ tool_slug: TARGET, arguments: { text }, ...named({ text, ...tried }) }],
});

/** Doors that act with a tool, each saying whether it kept the tool out. */
const RUNNING: Record<string, (tried: Tried) => Promise<boolean>> = {
  execute: async (tried) => {
    const body = { tool_slug: TARGET, arguments: { text: tried.text }, ...named(tried) };
    return isRefusal((await post(tried, '/execute', body)).status);
  },
  'execute, in lower case': async (tried) => {
    const body = { tool_slug: TARGET.toLowerCase(), arguments: { text: tried.text }, ...named(tried) };
    return isRefusal((await post(tried, '/execute', body)).status);
  },
  'execute by the door of meta tools': async (tried) =>
    isRefusal((await post(tried, '/execute_meta', { slug: TARGET, arguments: { text: tried.text } })).status),
  'multi-execute': async (tried) =>
    /"response":null|refused/.test(await runMeta(tried, 'COMPOSIO_MULTI_EXECUTE_TOOL', several(tried))),
  'multi-execute by the door of tools': async (tried) =>
    /"response":null|refused/.test(
      await runMeta(tried, 'COMPOSIO_MULTI_EXECUTE_TOOL', several(tried), '/execute'),
    ),
  'multi-execute over MCP': async (tried) =>
    overMcp(tried, async (client) => {
      const { data } = await callTool(client, 'COMPOSIO_MULTI_EXECUTE_TOOL', several(tried));
      return JSON.stringify(data).includes('"response":null');
    }),
};

/** By Python inside the session's sandbox, which asks through the gateway as everybody does. */
const FROM_THE_WORKBENCH = async (tried: Tried) => {
  const code = `run_composio_tool("${TARGET}", {"text": "${tried.text}"})[1]`;
  const data = await runMeta(tried, 'COMPOSIO_REMOTE_WORKBENCH', { code_to_execute: code });
  return z.object({ results: z.string().min(1) }).parse(JSON.parse(data)).results !== "''";
};

const CALLING_OVER_MCP = async (tried: Tried) =>
  overMcp(tried, async (client) => (await callTool(client, TARGET, { text: tried.text })).isError);

/** Doors that take no account of the call's own. */
const OF_TOOL = { 'a call over MCP': CALLING_OVER_MCP, 'a call from the workbench': FROM_THE_WORKBENCH };

/** Doors that show tools. */
const SHOWING: Record<string, (tried: Tried) => Promise<boolean>> = {
  list: async (tried) => !JSON.stringify((await call(path(tried, '/tools'))).body).includes(TARGET),
  'list over MCP': async (tried) =>
    overMcp(tried, async (client) => {
      const { tools } = await client.listTools();
      return tools.every(({ name }) => name !== TARGET);
    }),
  search: async (tried) => {
    const answer = await post(tried, '/search', { queries: [{ use_case: 'write a note into the book' }] });
    return !JSON.stringify(answer.body).includes(TARGET);
  },
  'search over MCP': async (tried) =>
    overMcp(tried, async (client) => {
      const queries = [{ use_case: 'write a note into the book' }];
      return !JSON.stringify(await callTool(client, 'COMPOSIO_SEARCH_TOOLS', { queries })).includes(TARGET);
    }),
  schemas: async (tried) => {
    const data = await runMeta(tried, 'COMPOSIO_GET_TOOL_SCHEMAS', { tool_slugs: [TARGET] });
    return data.includes(`"not_found":["${TARGET}"]`) && data.includes('"tool_schemas":{}');
  },
  'preload by a change': async (tried) => {
    const answer = await call(path(tried, ''), { method: 'PATCH', body: { preload: { tools: [TARGET] } } });
    return answer.status === 400;
  },
};

/** Requests of the session's own, which no list of tools and no tag speaks of. */
const PROXIED: Record<string, (tried: Tried) => Promise<boolean>> = {
  proxy: async (tried) => {
    const body = { toolkit_slug: 'keyed', endpoint: '/notes', method: 'POST', body: { text: tried.text } };
    return isRefusal((await post(tried, '/proxy_execute', body)).status);
  },
  'the proxy from the workbench': async (tried) => {
    const code = `proxy_execute("POST", "/notes", "keyed", body={"text": "${tried.text}"})[1]`;
    const data = await runMeta(tried, 'COMPOSIO_REMOTE_WORKBENCH', { code_to_execute: code });
    return z.object({ results: z.string().min(1) }).parse(JSON.parse(data)).results !== "''";
  },
};

/** Doors of a toolkit as a whole, for sessions that do not have it at all. */
const OF_TOOLKIT: Record<string, (tried: Tried) => Promise<boolean>> = {
  toolkits: async (tried) =>
    !JSON.stringify((await call(path(tried, '/toolkits?toolkits=keyed'))).body).includes('"keyed"'),
  link: async (tried) => (await post(tried, '/link', { toolkit: 'keyed' })).status === 400,
  ...Object.fromEntries(
    ['list', 'add', 'rename', 'remove'].map((action) => [
      `manage connections, ${action}`,
      async (tried: Tried) => {
        const { account = accountId } = tried;
        const wanted = { name: 'keyed', action, account_id: account, alias: unique('alias') };
        const data = await runMeta(tried, 'COMPOSIO_MANAGE_CONNECTIONS', { toolkits: [wanted] });
        return data.includes('"status":"failed"') && !data.includes(account);
      },
    ]),
  ),
  'wait for connections': async (tried) => {
    const data = await runMeta(tried, 'COMPOSIO_WAIT_FOR_CONNECTIONS', { toolkits: ['keyed'] });
    return data.includes('"status":"FAILED"') && !data.includes(accountId);
  },
};

const refusedBy = (doors: Record<string, (tried: Tried) => Promise<boolean>>) => Object.entries(doors);

describe('what lies outside of a session', () => {
  const WITHOUT_TOOLKIT: [string, object][] = [
    ['its toolkit is not enabled', { toolkits: { enable: ['time'] } }],
    ['its toolkit is disabled', { toolkits: { disable: ['keyed'] } }],
    ['no toolkit is enabled', { toolkits: { enable: [] } }],
  ];
  const WITHOUT_TOOL: [string, object][] = [
    ['other tools of its toolkit are enabled', { tools: { keyed: { enable: ['KEYED_ECHO'] } } }],
    ['the tool is disabled', { tools: { keyed: { disable: [TARGET] } } }],
    ["its toolkit's tags leave it out", { tools: { keyed: { tags: ['readOnlyHint'] } } }],
    ["its toolkit's tags forbid it", { tools: { keyed: { tags: { disable: ['createHint'] } } } }],
    ["the session's tags leave it out", { tags: ['readOnlyHint'] }],
    ["the session's tags forbid it", { tags: { disable: ['createHint'] } }],
  ];

  describe.each([...WITHOUT_TOOLKIT, ...WITHOUT_TOOL])('because %s', (_, config) => {
    let session: string;
    beforeAll(async () => {
      const manage_connections = { enable_wait_for_connections: true };
      session = await createSession({ user_id: user, manage_connections, ...config });
    });

    it.each(refusedBy({ ...RUNNING, ...SHOWING, ...OF_TOOL, ...PROXIED }))(
      'is kept out of %s',
      async (__, isKeptOut) => {
        const text = unique('outside');
        expect(await isKeptOut({ session, text })).toBe(true);
        expect(await timesWritten(text)).toBe(0);
      },
    );

    const doors = WITHOUT_TOOLKIT.some(([, other]) => other === config) ? refusedBy(OF_TOOLKIT) : [];
    if (doors.length > 0) {
      it.each(doors)('is kept out of %s', async (__, isKeptOut) => {
        const text = unique('outside');
        expect(await isKeptOut({ session, text })).toBe(true);
        expect(await timesWritten(text)).toBe(0);
      });
    }
  });
});

describe('what lies inside of a session', () => {
  /** App tools never come in by it. */
  const { 'execute by the door of meta tools': _never, ...running } = RUNNING;
  let session: string;
  beforeAll(async () => {
    session = await createSession({
      user_id: user,
      manage_connections: { enable_wait_for_connections: true },
      preload: { tools: [TARGET] },
    });
  });

  // Otherwise a door that is shut for everything would pass for one that keeps the rules.
  it.each(refusedBy({ ...running, ...SHOWING, ...OF_TOOLKIT, ...OF_TOOL, ...PROXIED }))(
    'is let through by %s',
    async (_, isKeptOut) => {
      const account = await connectKeyed(composio, user, configId);
      expect(await isKeptOut({ session, account, text: unique('inside') })).toBe(false);
    },
  );
});

describe("requests of the session's own, which it switches on while it is narrowed to reading", () => {
  let session: string;
  beforeAll(async () => {
    const narrowed = { tags: ['readOnlyHint'], workbench: { enable_proxy_execution: true } };
    session = await createSession({ user_id: user, ...narrowed });
  });

  it.each(refusedBy(PROXIED))('write nothing by %s', async (_, isKeptOut) => {
    const text = unique('outside');
    expect(await isKeptOut({ session, text })).toBe(true);
    expect(await timesWritten(text)).toBe(0);
  });

  it('read', async () => {
    const answer = await post({ session, text: '' }, '/proxy_execute', {
      toolkit_slug: 'keyed',
      endpoint: '/me',
      method: 'GET',
    });
    expect(answer).toMatchObject({ status: 200, body: { status: 200, data: { name: 'ada' } } });
  });
});

describe('an account that is not one of the session', () => {
  const KINDS: [string, () => Promise<{ account: string; config?: object }>][] = [
    [
      'as another user has it',
      async () => ({ account: await connectKeyed(composio, unique('user_other'), configId) }),
    ],
    [
      'as another one is pinned',
      async () => ({
        account: await connectKeyed(composio, user, configId, { owner: 'grace' }),
        config: { connected_accounts: { keyed: [accountId] } },
      }),
    ],
    [
      'as it belongs to another auth config',
      async () => ({
        account: await connectKeyed(composio, user, await customConfig(composio, 'keyed', 'API_KEY')),
        config: { auth_configs: { keyed: configId } },
      }),
    ],
    [
      'as it is disabled',
      async () => {
        const account = await connectKeyed(composio, user, configId);
        await composio.connectedAccounts.disable(account);
        return { account };
      },
    ],
    ['as it is of another project', async () => ({ account: await accountOfAnotherProject() })],
    ['as there is none', async () => ({ account: 'ca_no_such_account' })],
  ];

  describe.each(KINDS)('%s', (_, make) => {
    let tried: Omit<Tried, 'text'>;
    beforeAll(async () => {
      const { account, config } = await make();
      tried = { account, session: await createSession({ user_id: user, ...config }) };
    });

    it.each(refusedBy(RUNNING))('is kept out of %s', async (__, isKeptOut) => {
      const text = unique('no-account');
      expect(await isKeptOut({ ...tried, text })).toBe(true);
      expect(await timesWritten(text)).toBe(0);
    });

    // A disabled account is still its user's.
    if (_ === 'as it is disabled') return;
    it('cannot be removed', async () => {
      const wanted = { name: 'keyed', action: 'remove', account_id: tried.account };
      const before = await call(`/connected_accounts/${tried.account}`);
      const data = await runMeta({ ...tried, text: '' }, 'COMPOSIO_MANAGE_CONNECTIONS', {
        toolkits: [wanted],
      });
      expect(data).toContain('"status":"failed"');
      expect((await call(`/connected_accounts/${tried.account}`)).status).toBe(before.status);
    });
  });
});

describe('a session of another project', () => {
  let tried: Omit<Tried, 'text'>;
  beforeAll(async () => {
    const { apiKey } = await createProject(unique('other-project'));
    tried = { apiKey, session: await createSession({ user_id: user }) };
  });

  it.each(refusedBy(RUNNING).filter(([door]) => !door.includes('MCP')))(
    'is not there for %s',
    async (_, isKeptOut) => {
      const text = unique('foreign');
      expect(await isKeptOut({ ...tried, text })).toBe(true);
      expect(await timesWritten(text)).toBe(0);
    },
  );
});

describe('the rules of a scope', () => {
  const TOOLS = [
    'KEYED_ECHO',
    'KEYED_WRITE_NOTE',
    'KEYED_WHO_AM_I',
    'TIME_GET_CURRENT_TIME',
    'TIME_CONVERT_TIME',
  ];
  const TOOLKITS = ['keyed', 'time'];
  const tags = fc.subarray(['readOnlyHint', 'createHint', 'important', 'idempotentHint'], { minLength: 1 });
  const tagFilter = fc.oneof(
    tags,
    tags.map((enable) => ({ enable })),
    tags.map((disable) => ({ disable })),
    fc.tuple(tags, tags).map(([enable, disable]) => ({ enable, disable })),
  );
  const eitherOf = (names: string[]) =>
    fc.oneof(
      fc.subarray(names).map((enable) => ({ enable })),
      fc.subarray(names).map((disable) => ({ disable })),
    );
  const toolFilter = (toolkit: string) =>
    fc.oneof(
      eitherOf(TOOLS.filter((slug) => slug.startsWith(toolkit.toUpperCase()))),
      tagFilter.map((filter) => ({ tags: filter })),
    );
  const scope = fc.record(
    {
      toolkits: eitherOf(TOOLKITS),
      tools: fc.record({ keyed: toolFilter('keyed'), time: toolFilter('time') }, { requiredKeys: [] }),
      tags: tagFilter,
    },
    { requiredKeys: [] },
  );

  it('say the same at every door, whatever the scope', async () => {
    await fc.assert(
      fc.asyncProperty(scope, async (config) => {
        const tried = { session: await createSession({ user_id: user, ...config }), text: '' };
        const schemas = await runMeta(tried, 'COMPOSIO_GET_TOOL_SCHEMAS', { tool_slugs: TOOLS });
        const known = TOOLS.filter((slug) => schemas.includes(`"tool_slug":"${slug}"`));

        // With arguments that no tool but one takes: it is let through or not, and does nothing either way.
        const tools = TOOLS.map((tool_slug) => ({ tool_slug, arguments: { text: 1, time: 1 } }));
        const ran = z
          .object({ results: z.array(z.object({ tool_slug: z.string(), error: z.string().nullish() })) })
          .parse(
            JSON.parse(
              await runMeta(tried, 'COMPOSIO_MULTI_EXECUTE_TOOL', {
                tools,
                sync_response_to_workbench: false,
              }),
            ),
          );
        const runnable = ran.results
          .filter(({ error }) => !error?.startsWith('[Session Restriction]'))
          .map(({ tool_slug }) => tool_slug);
        expect(runnable).toEqual(known);

        const found = await Promise.all(
          TOOLS.map(async (slug) => {
            const queries = [{ use_case: slug.replaceAll('_', ' ').toLowerCase() }];
            const data = await runMeta(tried, 'COMPOSIO_SEARCH_TOOLS', { queries });
            return TOOLS.filter((other) => data.includes(`"${other}"`));
          }),
        );
        expect(known).toEqual(expect.arrayContaining([...new Set(found.flat())]));

        const refused = await Promise.all(
          TOOLS.map(async (slug) => {
            const preload = { tools: [slug] };
            const answer = await call('/tool_router/session', {
              body: { user_id: user, ...config, preload },
            });
            return answer.status === 201 ? [] : [slug];
          }),
        );
        expect(TOOLS.filter((slug) => !refused.flat().includes(slug))).toEqual(known);
      }),
      { numRuns: 10 },
    );
  });
});

async function accountOfAnotherProject(): Promise<string> {
  const { apiKey } = await createProject(unique('project-with-account'));
  const theirs = newComposio(apiKey);
  return connectKeyed(theirs, user, await customConfig(theirs, 'keyed', 'API_KEY'));
}
