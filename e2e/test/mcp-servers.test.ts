import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createProject, errorOf } from '../support/http.js';
import { callTool, connectMcp } from '../support/mcp.js';

const composio = newComposio();
const TOOL = 'TIME_GET_CURRENT_TIME';
const headers = { 'x-api-key': environment.apiKey };
const serverName = () => `e2e ${unique('s')}`.slice(0, 30).replaceAll('_', '-');

describe('an MCP server of the SDK', () => {
  let id: string;
  let name: string;

  beforeAll(async () => {
    name = serverName();
    ({ id } = await composio.mcp.create(name, { toolkits: ['time'], allowedTools: [TOOL] }));
  });

  const namesAt = async (url: string) => {
    const client = await connectMcp({ url, headers });
    try {
      return (await client.listTools()).tools.map((tool) => tool.name);
    } finally {
      await client.close();
    }
  };

  it('is listed, read, changed and deleted', async () => {
    const { items } = await composio.mcp.list({ page: 1, limit: 10, toolkits: [], authConfigs: [], name });
    expect(items).toMatchObject([{ id, name, toolkits: ['time'], allowedTools: [TOOL] }]);
    const other = await composio.mcp.create(serverName(), { toolkits: ['time'] });
    await composio.mcp.update(other.id, { allowedTools: ['TIME_CONVERT_TIME'] });
    expect(await composio.mcp.get(other.id)).toMatchObject({ allowedTools: ['TIME_CONVERT_TIME'] });
    await composio.mcp.delete(other.id);
    errorOf(await call(`/mcp/${other.id}`), 404);
  });

  it('gives each user its allowed tools under an address of their own, and runs them', async () => {
    const user = unique('user_s');
    const { url } = (await composio.mcp.generate(user, id)) as unknown as { url: string };
    const client = await connectMcp({ url, headers });
    try {
      const { tools } = await client.listTools();
      expect(tools.map((tool) => tool.name)).toContain(TOOL);
      expect(tools.map((tool) => tool.name)).not.toContain('TIME_CONVERT_TIME');
      expect(await client.callTool({ name: TOOL, arguments: {} })).toMatchObject({ isError: false });
      const outside = await client.callTool({ name: 'TIME_CONVERT_TIME', arguments: {} });
      expect(outside).toMatchObject({ isError: true });
    } finally {
      await client.close();
    }
    const { body } = await call(`/mcp/servers/${id}/instances?search=${user}`);
    expect(body).toMatchObject({ instances: [{ instance_id: user, mcp_server_id: id }], server_name: name });
  });

  it('speaks for an account where its address names one, and for that account only', async () => {
    const user = unique('user_s');
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    await connectKeyed(composio, user, config, { owner: 'ada' });
    const account = await connectKeyed(composio, user, config, { owner: 'grace', alias: 'second' });
    await connectKeyed(composio, user, config, { owner: 'linus', alias: 'newest' });
    const server = await composio.mcp.create(serverName(), { toolkits: ['keyed'] });
    const body = { mcp_server_id: server.id, connected_account_ids: [account] };
    const made = await call('/mcp/servers/generate', { body });
    const [url = ''] = z
      .object({ connected_account_urls: z.array(z.string()) })
      .parse(made.body).connected_account_urls;
    expect(url).toContain(`connected_account_id=${account}`);
    const client = await connectMcp({ url, headers });
    try {
      const { data } = await callTool(client, 'KEYED_WHO_AM_I');
      expect(data).toMatchObject({ name: 'grace' });
    } finally {
      await client.close();
    }
    await expect(namesAt(url.replace(account, 'ca_nobodysown1'))).rejects.toThrow(/404|not found/i);
  });

  it('changes what its users have when it is changed itself', async () => {
    const user = unique('user_s');
    const { id: changing } = await composio.mcp.create(serverName(), { toolkits: ['time'] });
    const { url } = (await composio.mcp.generate(user, changing)) as unknown as { url: string };
    expect(await namesAt(url)).toContain('TIME_CONVERT_TIME');
    await composio.mcp.update(changing, { allowedTools: [TOOL] });
    expect(await namesAt(url)).not.toContain('TIME_CONVERT_TIME');
  });

  it('has one instance a user, which can be deleted', async () => {
    const user_id = unique('user_s');
    const made = await call(`/mcp/servers/${id}/instances`, { body: { user_id } });
    expect(made).toMatchObject({ status: 201, body: { instance_id: user_id } });
    errorOf(await call(`/mcp/servers/${id}/instances`, { body: { user_id } }), 409);
    const gone = await call(`/mcp/servers/${id}/instances/${user_id}`, { method: 'DELETE' });
    expect(gone).toMatchObject({ status: 200, body: { deleted_connected_accounts: 0 } });
    errorOf(await call(`/mcp/servers/${id}/instances/${user_id}`, { method: 'DELETE' }), 404);
  });

  it('refuses what does not exist, who does not say who they are, and other projects', async () => {
    const wrong = { name: serverName(), toolkits: ['no-such-toolkit'] };
    errorOf(await call('/mcp/servers', { body: wrong }), 400);
    const endpoint = `${environment.baseUrl}/api/v3/mcp/${id}/mcp`;
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    errorOf(await call(endpoint, { body: ping }), 400);
    errorOf(await call(`${endpoint}?user_id=u`, { body: ping, apiKey: null }), 401);
    const { apiKey } = await createProject(unique('other').slice(0, 40));
    errorOf(await call(`${endpoint}?user_id=u`, { body: ping, apiKey }), 404);
    errorOf(await call(`/mcp/${id}`, { apiKey }), 404);
  });
});
