import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createSession } from '../support/http.js';
import { connectAskingModern, connectAskingOlder, type AskingClient } from '../support/mcp.asking.js';
import { connectMcp } from '../support/mcp.js';

const MANAGE = 'COMPOSIO_MANAGE_CONNECTIONS';
const composio = newComposio();
const headers = { 'x-api-key': environment.apiKey };
let config: string;

beforeAll(async () => {
  config = await customConfig(composio, 'keyed', 'API_KEY');
});

const mcpOf = (id: string) => ({ url: `${environment.baseUrl}/tool_router/${id}/mcp`, headers });
/** A user with one account, and a session of theirs. */
async function open(more: object = {}) {
  const user = unique('remover');
  const account = await connectKeyed(composio, user, config, { alias: 'work' });
  const session = await createSession({ user_id: user, toolkits: { enable: ['keyed'] }, ...more });
  return { account, session };
}
const isThere = async (account: string) => (await call(`/connected_accounts/${account}`)).status === 200;
const removal = (more: object = {}) => ({
  toolkits: [{ name: 'keyed', action: 'remove', account_id: 'work', ...more }],
});
type Results = { results: Record<string, Record<string, unknown>> };
const keyedOf = (data: unknown) => (data as Results).results['keyed'] ?? {};

describe.each([
  ['2025-11-25', connectAskingOlder],
  ['2026-07-28', connectAskingModern],
] as const)('an agent that removes an account, with a client of %s that can ask', (_, connect) => {
  const clients: AskingClient[] = [];
  const connectTo = async (session: string) => {
    const client = await connect(mcpOf(session));
    clients.push(client);
    return client;
  };
  afterAll(() => Promise.all(clients.map((client) => client.close())));

  it('has the person asked about this very account, and does what they say', async () => {
    const { account, session } = await open();
    const client = await connectTo(session);
    for (const answer of ['decline', 'cancel'] as const) {
      client.answer = answer;
      expect((await client.call(MANAGE, removal())).isError).toBe(true);
      expect(await isThere(account)).toBe(true);
    }
    client.answer = 'accept';
    const { structuredContent } = await client.call(MANAGE, removal());
    expect(keyedOf(structuredContent.data)).toMatchObject({ removed: true, connected_account_id: account });
    expect(await isThere(account)).toBe(false);
    expect(client.asked).toHaveLength(3);
    expect(client.asked[0]).toMatch(/Delete the account for good \(\w+\) with the account work \(keyed_/);
  });

  it('does not ask about what removes nothing', async () => {
    const { session } = await open();
    const client = await connectTo(session);
    for (const wanted of [
      { name: 'keyed', action: 'list' },
      { name: 'keyed', action: 'rename', account_id: 'work', alias: 'office' },
      { name: 'keyed', action: 'remove', account_id: 'nobody-has-this' },
    ]) {
      const done = await client.call(MANAGE, { toolkits: [wanted] });
      expect(done.structuredContent.error).toBeNull();
    }
    expect(client.asked).toEqual([]);
  });

  it('shows what it asks about whole, or does not ask', async () => {
    const permissions = { default: 'ask_every_call' };
    const { session } = await open({ experimental: { permissions } });
    const client = await connectTo(session);
    const words = Array.from({ length: 1_500 }, (__, at) => `w${at}`).join(' ');
    await client.call('KEYED_ECHO', { text: `${words}${' '.repeat(500)}\u202etail` });
    expect(client.asked[0]).toContain(words);
    expect(client.asked[0]).toContain('⟨the same 500 times⟩\\u{202e}tail');
    const long = await client.call('KEYED_ECHO', { text: `${words} ${words} ${words}` });
    expect(long.isError).toBe(true);
    expect(long.structuredContent.error).toContain('more than a person can be shown');
    expect(client.asked).toHaveLength(1);
  });
});

describe('an agent that removes an account where the person cannot be asked', () => {
  const run = async (session: string, args: object) => {
    const { body } = await call(`/tool_router/session/${session}/execute_meta`, {
      body: { slug: MANAGE, arguments: args },
    });
    return keyedOf((body as { data: unknown }).data);
  };

  it('is told to ask the user, and removes it by asking for it once more', async () => {
    const { account, session } = await open();
    const first = await run(session, removal());
    expect(first).toMatchObject({
      removed: false,
      confirmation_required: true,
      connected_account_id: account,
    });
    expect(String(first['instruction'])).toMatch(/Ask the user whether .* work \(keyed_/);
    for (const confirmation of ['confirm_made-up-one', 'yes']) {
      expect(await run(session, removal({ confirmation }))).toMatchObject({ status: 'failed' });
    }
    expect(await isThere(account)).toBe(true);
    const confirmation = String(first['confirmation']);
    // Of another session it is worth nothing.
    const other = await open();
    expect(await run(other.session, removal({ confirmation }))).toMatchObject({ status: 'failed' });
    expect(await isThere(other.account)).toBe(true);
    expect(await run(session, removal({ confirmation }))).toMatchObject({ removed: true });
    expect(await isThere(account)).toBe(false);
  });

  it('is told the same by an MCP client without forms', async () => {
    const { account, session } = await open();
    const client = await connectMcp(mcpOf(session));
    try {
      const answer = await client.callTool({ name: MANAGE, arguments: removal() });
      expect(JSON.stringify(answer.structuredContent)).toContain('"confirmation_required":true');
      expect(await isThere(account)).toBe(true);
    } finally {
      await client.close();
    }
  });

  it('does as the session says that was made for it', async () => {
    const rule = (verdict: string) => ({
      experimental: {
        permissions: { default: 'allow_all', overrides: { [`${MANAGE}:__none__`]: verdict } },
      },
    });
    const allowed = await open(rule('always_allow'));
    expect(await run(allowed.session, removal())).toMatchObject({ removed: true });
    const asked = await open({ experimental: { permissions: { default: 'allow_all' } } });
    expect(await run(asked.session, removal())).toMatchObject({ confirmation_required: true });
    const off = await open({ manage_connections: { enable: true, enable_connection_removal: false } });
    expect(await run(off.session, removal())).toMatchObject({ status: 'failed' });
    for (const { account } of [asked, off]) expect(await isThere(account)).toBe(true);
  });
});
