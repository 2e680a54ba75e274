/**
 * `node e2e/scripts/credential-race.mjs [--calls 10000] [--users 8] [--at-once 20] [--no-workbench]`: users race through
 * every door that takes credentials, side by side, while tokens are refreshed. A provider on loopback says of each request
 * whose credential it carried. It prints a table, and stops by itself. Exit code 1 when a call carried anything but its
 * own, or failed.
 */
import { parseArgs } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ownerOf } from './recording.provider.mjs';
import { startRacingPlatform } from './racing.platform.mjs';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000' },
    users: { type: 'string', default: '8' },
    'at-once': { type: 'string', default: '20' },
    'no-workbench': { type: 'boolean', default: false },
  },
});
const NAMES = [
  'ann',
  'bob',
  'carol',
  'dave',
  'eve',
  'frank',
  'grace',
  'heidi',
  'ivan',
  'judy',
  'mallory',
  'nina',
];
const total = Number(values.calls);
/** A run of code takes far longer than a call. */
const WORKBENCH_SHARE = 1 / 50;

const race = await startRacingPlatform(NAMES.slice(0, Number(values.users)));
const { api, people, platform, provider } = race;
const clients = new Map();
try {
  await Promise.all(people.map(connectClient));
  process.exitCode = report(await run(doors())) ? 0 : 1;
} finally {
  for (const client of clients.values()) await client.close().catch(() => undefined);
  await race.stop();
}

async function connectClient({ user, mcp }) {
  const client = new Client({ name: 'race', version: '1.0.0' });
  const headers = { 'x-api-key': platform.apiKey };
  await client.connect(new StreamableHTTPClientTransport(new URL(mcp), { requestInit: { headers } }));
  clients.set(user, client);
}

/** By its name, how one person makes one call, and what it must carry. `sent` says what the call itself learnt. */
function doors() {
  const inSession = (session, tool_slug, args) =>
    api(`/tool_router/session/${session}/execute`, { tool_slug, arguments: args });
  const direct = (slug, body) => api(`/tools/execute/${slug}`, body);
  const proxied = (call) => ({ endpoint: `/whose?call=${call}`, method: 'GET' });
  const given = (user) => ({
    authScheme: 'API_KEY',
    toolkitSlug: 'racing',
    val: { generic_api_key: `given-${user}` },
  });
  const header = (name, value) => ({ parameters: [{ name, value, in: 'header' }] });
  const meta = (session, slug, args) =>
    api(`/tool_router/session/${session}/execute_meta`, { slug, arguments: args });
  const python = async (session, code) => {
    const { data } = await meta(session, 'COMPOSIO_REMOTE_WORKBENCH', { code_to_execute: code });
    return /whose.{1,6}?([a-z]+)/.exec(data.results)?.[1] ?? JSON.stringify(data).slice(0, 300);
  };
  const own = ({ user }) => user;
  const found = {
    'session execute': {
      own,
      sent: async ({ session }, call) => (await inSession(session, 'RACING_WHOSE', { call })).data.whose,
    },
    'session execute, tokens refreshed': {
      own,
      sent: async ({ session }, call) =>
        (await inSession(session, 'RACING_OAUTH_WHOSE', { call })).data.whose,
    },
    'session execute, a shared account': {
      own: () => 'shared',
      sent: async ({ sharing }, call) => (await inSession(sharing, 'RACING_WHOSE', { call })).data.whose,
    },
    'direct execute': {
      own,
      sent: async ({ user }, call) => {
        const body = { user_id: user, arguments: { call }, version: 'latest' };
        return (await direct('RACING_WHOSE', body)).data.whose;
      },
    },
    'direct execute, custom_auth_params': {
      own,
      sent: async ({ user }, call) => {
        const custom_auth_params = header('x-api-key', `given-${user}`);
        return (await direct('RACING_WHOSE', { user_id: user, arguments: { call }, custom_auth_params })).data
          .whose;
      },
    },
    'direct execute, custom_connection_data': {
      own,
      sent: async ({ user }, call) => {
        const custom_connection_data = given(user);
        const body = { user_id: user, arguments: { call }, custom_connection_data };
        return (await direct('RACING_WHOSE', body)).data.whose;
      },
    },
    'direct execute, no credential': {
      own: () => 'nobody',
      sent: async ({ user }, call) => {
        const custom_auth_params = header('x-note', user);
        return (await direct('RACING_WHOSE', { user_id: user, arguments: { call }, custom_auth_params })).data
          .whose;
      },
    },
    'session proxy': {
      own,
      sent: async ({ session }, call) => {
        const body = { toolkit_slug: 'racing', ...proxied(call) };
        return (await api(`/tool_router/session/${session}/proxy_execute`, body)).data.whose;
      },
    },
    'session proxy, tokens refreshed': {
      own,
      sent: async ({ session }, call) => {
        const body = { toolkit_slug: 'racing_oauth', ...proxied(call) };
        return (await api(`/tool_router/session/${session}/proxy_execute`, body)).data.whose;
      },
    },
    'direct proxy': {
      own,
      sent: async ({ account }, call) =>
        (await api('/tools/execute/proxy', { connected_account_id: account, ...proxied(call) })).data.whose,
    },
    'direct proxy, custom_connection_data': {
      own,
      sent: async ({ user }, call) =>
        (await api('/tools/execute/proxy', { custom_connection_data: given(user), ...proxied(call) })).data
          .whose,
    },
    'multi-execute': {
      own,
      sent: async ({ session }, call) => {
        const tools = ['RACING_WHOSE', 'RACING_OAUTH_WHOSE'].map((tool_slug) => ({
          tool_slug,
          arguments: { call },
        }));
        const { data } = await meta(session, 'COMPOSIO_MULTI_EXECUTE_TOOL', {
          tools,
          sync_response_to_workbench: false,
        });
        return agreed([...JSON.stringify(data).matchAll(/"whose":"(\w+)"/g)].map(([, name]) => name));
      },
    },
    'MCP tools/call': {
      own,
      sent: async ({ user }, call) => {
        const request = { name: 'RACING_WHOSE', arguments: { call } };
        const { content } = await clients.get(user).callTool(request);
        return JSON.parse(content[0].text).data.whose;
      },
    },
  };
  for (const era of ['sessions', 'stateless']) {
    const [open, guarded] = ['OPEN', 'GUARDED'].map((kind) => `${kind}${era.toUpperCase()}_SHOW_REQUEST`);
    found[`upstream MCP (${era}), accounts`] = {
      own,
      sent: async ({ session }) => shown(await inSession(session, guarded, {})),
    };
    found[`upstream MCP (${era}), accounts, direct`] = {
      own,
      sent: async ({ user }) => shown(await direct(guarded, { user_id: user, arguments: {} })),
    };
    found[`upstream MCP (${era}), no account`] = {
      own: () => 'nobody',
      sent: async ({ session }) => shown(await inSession(session, open, {})),
    };
    found[`upstream MCP (${era}), custom_auth_params`] = {
      own,
      sent: async ({ user }) => {
        const custom_auth_params = header('authorization', `Bearer given-${user}`);
        return shown(await direct(open, { user_id: user, arguments: {}, custom_auth_params }));
      },
    };
  }
  if (!values['no-workbench']) {
    found['workbench, run_composio_tool'] = {
      own,
      isSlow: true,
      sent: ({ session }, call) => python(session, `run_composio_tool("RACING_WHOSE", {"call": "${call}"})`),
    };
    found['workbench, proxy_execute'] = {
      own,
      isSlow: true,
      sent: ({ session }, call) => python(session, `proxy_execute("GET", "/whose?call=${call}", "racing")`),
    };
  }
  return found;
}

function shown({ data }) {
  const { authorization } = data.headers;
  return authorization ? ownerOf(authorization.replace('Bearer ', '')) : 'nobody';
}

/** Several requests of one call say the same, or are a mix. */
function agreed(names) {
  const all = [...new Set(names)];
  return all.length === 1 && names.length === 2 ? all[0] : names.join('+') || 'nothing';
}

/** Door after door, each by the next person, so that all of them are under way at once and each meets each. */
async function run(found) {
  const rows = Object.entries(found).map(([name, door]) => ({
    name,
    ...door,
    calls: 0,
    own_: 0,
    mixed: 0,
    failed: 0,
  }));
  const [slow, quick] = [rows.filter(({ isSlow }) => isSlow), rows.filter(({ isSlow }) => !isSlow)];
  const every = slow.length > 0 ? Math.round(1 / WORKBENCH_SHARE) : Infinity;
  let begun = 0;
  async function caller() {
    while (begun < total) {
      const number = (begun += 1);
      const isSlow = number % every === 0;
      const list = isSlow ? slow : quick;
      const turn = isSlow ? number / every : number;
      await callOnce(
        list[turn % list.length],
        people[Math.floor(Math.random() * people.length)],
        `call-${number}`,
      );
    }
  }
  await Promise.all(Array.from({ length: Number(values['at-once']) }, caller));
  return rows;
}

async function callOnce(row, person, call) {
  row.calls += 1;
  const expected = row.own(person);
  try {
    const said = await row.sent(person, call);
    const recorded = provider.carried.get(call) ?? [];
    if (said === expected && recorded.every((seen) => seen === expected)) row.own_ += 1;
    else {
      row.mixed += 1;
      row.example ??= `${person.user}'s ${call} was told ${said}, the provider saw ${recorded.join(', ') || 'none'}`;
    }
  } catch (error) {
    row.failed += 1;
    row.example ??= String(error.message).slice(0, 300);
  }
}

function report(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = (name, ...cells) =>
    console.log(name.padEnd(width), ...cells.map((cell) => String(cell).padStart(7)));
  line('door', 'calls', 'own', 'mixed', 'failed');
  for (const { name, calls, own_, mixed, failed } of rows) line(name, calls, own_, mixed, failed);
  const sum = (key) => rows.reduce((count, row) => count + row[key], 0);
  for (const { name, example } of rows) if (example) console.log(`${name}: ${example}`);
  console.log(
    `${sum('calls')} calls of ${people.length} users through ${rows.length} doors: ${sum('own_')} with exactly their own credential, ${sum('mixed')} mixed, ${sum('failed')} failed; ${provider.counts.refreshed} tokens were refreshed meanwhile`,
  );
  return sum('own_') === sum('calls');
}
