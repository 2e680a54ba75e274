import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { githubIssues } from '@patchbay/testing';
import { newComposio, toolNames } from '../support/composio.js';
import { connectGithub, GITHUB_USER } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { call, errorOf } from '../support/http.js';
import { callTool, connectMcp } from '../support/mcp.js';

const composio = newComposio();
const PRELOADED = ['GITHUB_CREATE_AN_ISSUE', 'GITHUB_GET_THE_AUTHENTICATED_USER', 'TIME_CONVERT_TIME'];

describe("a session's MCP endpoint", () => {
  const newSession = () =>
    composio.create(unique('user_a'), {
      toolkits: ['github', 'time'],
      preload: { tools: PRELOADED },
      mcp: true,
    });
  let session: Awaited<ReturnType<typeof newSession>>;
  let client: Client;

  beforeAll(async () => {
    session = await newSession();
    client = await connectMcp(session.mcp);
    await connectGithub(session);
  });

  afterAll(() => client?.close());

  it('lists the same tools as session.tools(), in the same order', async () => {
    const { tools } = await client.listTools();
    const wrapped = await session.tools();
    expect(tools.map(({ name }) => name)).toEqual(toolNames(wrapped));
    expect(tools.slice(0, PRELOADED.length).map(({ name }) => name)).toEqual(PRELOADED);
    for (const tool of tools) {
      expect(tool.description).toMatch(/\w/);
      expect(tool.inputSchema.type).toBe('object');
    }
  });

  it('tells in its annotations which tools only read', async () => {
    const { tools } = await client.listTools();
    const hint = (name: string) => tools.find((tool) => tool.name === name)?.annotations?.readOnlyHint;
    expect(hint('GITHUB_GET_THE_AUTHENTICATED_USER')).toBe(true);
    expect(hint('GITHUB_CREATE_AN_ISSUE')).not.toBe(true);
  });

  it('calls a tool with the account that was connected through the session', async () => {
    const title = unique('Over MCP');
    const result = await callTool(client, 'GITHUB_CREATE_AN_ISSUE', {
      owner: 'octocat',
      repo: 'hello-world',
      title,
    });
    expect(result).toMatchObject({ successful: true, isError: false, error: null, data: { title } });
    expect(result.log_id).toMatch(/^log_/);
    const held = await githubIssues(environment.githubUrl, 'octocat', 'hello-world');
    expect(held.filter((issue) => issue.title === title)).toMatchObject([{ user: { login: GITHUB_USER } }]);
  });

  it('sees the same connection', async () => {
    const { items } = await session.toolkits({ toolkits: ['github'] });
    const { data } = await callTool(client, 'COMPOSIO_MANAGE_CONNECTIONS', { toolkits: ['github'] });
    expect(data).toMatchObject({
      results: {
        github: {
          status: 'active',
          has_active_connection: true,
          connected_account_id: items[0]?.connection?.connectedAccount?.id,
        },
      },
    });
  });

  it('answers a wrong argument with an error that names it', async () => {
    const result = await callTool(client, 'TIME_CONVERT_TIME', { time: '12:00', from_timezone: 'UTC' });
    expect(result).toMatchObject({ successful: false, isError: true });
    expect(result.error).toContain('to_timezone');
  });

  it('answers a refusal of the provider with an error that has its status', async () => {
    const result = await callTool(client, 'GITHUB_CREATE_AN_ISSUE', {
      owner: 'octocat',
      repo: 'no-such-repo',
      title: 'Nowhere',
    });
    expect(result).toMatchObject({ successful: false, isError: true, data: { status_code: 404 } });
  });

  it('answers a tool outside the session with an error, and goes on', async () => {
    const other = await connectMcp(
      (await composio.create(unique('user_a'), { toolkits: ['github'], mcp: true })).mcp,
    );
    try {
      const refused = await other.callTool({ name: 'TIME_CONVERT_TIME', arguments: {} });
      expect(refused).toMatchObject({
        isError: true,
        content: [{ type: 'text', text: expect.stringContaining('[Session Restriction]') }],
      });
      expect((await other.listTools()).tools.length).toBeGreaterThan(0);
    } finally {
      await other.close();
    }
  });

  it('is closed to those without a key', async () => {
    const initialize = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    const headers = { accept: 'application/json, text/event-stream' };
    errorOf(await call(session.mcp.url, { body: initialize, headers, apiKey: null }), 401);
    errorOf(await call(session.mcp.url, { body: initialize, headers, apiKey: 'ak_wrong' }), 401);
    await expect(connectMcp({ url: session.mcp.url })).rejects.toThrow(/401|unauthorized/i);
  });
});
