import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { newComposio, toolNames } from '../support/composio.js';
import { customersVariables, environment, unique } from '../support/environment.js';
import { call, errorOf } from '../support/http.js';

const composio = newComposio();

const META_TOOLS = [
  'COMPOSIO_SEARCH_TOOLS',
  'COMPOSIO_GET_TOOL_SCHEMAS',
  'COMPOSIO_MULTI_EXECUTE_TOOL',
  'COMPOSIO_MANAGE_CONNECTIONS',
];

describe('a session', () => {
  it('is a new one at every create, for the same user and the same configuration too', async () => {
    const user = unique('user_a');
    const sessions = await Promise.all(
      [1, 2, 3].map(() => composio.create(user, { toolkits: ['github'], mcp: true })),
    );
    const ids = sessions.map(({ sessionId }) => sessionId);
    expect(new Set(ids).size).toBe(3);
    for (const { sessionId, mcp, config } of sessions) {
      expect(sessionId).toMatch(/^trs_/);
      expect(mcp).toMatchObject({ type: 'http', url: expect.stringContaining(sessionId) });
      expect(config).toMatchObject({ user_id: user, toolkits: { enabled: ['github'] } });
    }
  });

  it('is gone on with by its id from another process', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['time'] });
    const script = fileURLToPath(new URL('../support/use-session.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, session.sessionId], {
      env: customersVariables,
    });
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
      sessionId: session.sessionId,
      config: session.config,
      error: null,
      logId: expect.stringMatching(/^log_/),
    });
  });

  it("gives the meta tools in the provider's shape", async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['github'] });
    const tools = await session.tools();
    expect(toolNames(tools)).toEqual(expect.arrayContaining(META_TOOLS));
    for (const tool of tools) {
      expect(tool).toMatchObject({
        type: 'function',
        function: { description: expect.stringMatching(/\w/), parameters: { type: 'object' } },
      });
    }
  });

  it('offers no workbench where it is switched off', async () => {
    const session = await composio.create(unique('user_a'), {
      toolkits: ['github'],
      workbench: { enable: false },
    });
    const names = toolNames(await session.tools());
    expect(names).not.toContain('COMPOSIO_REMOTE_WORKBENCH');
    expect(names).not.toContain('COMPOSIO_REMOTE_BASH_TOOL');
    const refusal = session.execute('COMPOSIO_REMOTE_BASH_TOOL', { command: 'true' });
    await expect(refusal).rejects.toMatchObject({ status: 400 });
  });

  it('gives preloaded tools first, in the order asked for', async () => {
    const preloaded = ['TIME_GET_CURRENT_TIME', 'GITHUB_CREATE_AN_ISSUE'];
    const session = await composio.create(unique('user_a'), {
      toolkits: ['github', 'time'],
      preload: { tools: preloaded },
    });
    const names = toolNames(await session.tools());
    expect(names.slice(0, 2)).toEqual(preloaded);
    expect(names.slice(2)).toEqual(expect.arrayContaining(META_TOOLS));
  });

  it('gives only what its configuration switches on', async () => {
    const session = await composio.create(unique('user_a'), {
      toolkits: ['time'],
      sessionPreset: 'direct_tools',
    });
    expect(toolNames(await session.tools()).toSorted()).toEqual([
      'TIME_CONVERT_TIME',
      'TIME_GET_CURRENT_TIME',
    ]);
  });

  it('lists its toolkits, and which of them need an account', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['github', 'time'] });
    const { items } = await session.toolkits();
    expect(items).toHaveLength(2);
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ slug: 'time', isNoAuth: true }),
        expect.objectContaining({
          slug: 'github',
          name: 'GitHub',
          isNoAuth: false,
          connection: expect.objectContaining({ isActive: false }),
        }),
      ]),
    );
  });

  it('works under its new scope from the call after an update', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['github', 'time'] });
    expect((await session.execute('TIME_GET_CURRENT_TIME')).error).toBeNull();
    await session.update({ toolkits: ['github'] });
    expect(session.configVersion).toBe(2);
    await expect(session.execute('TIME_GET_CURRENT_TIME')).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('[Session Restriction]'),
    });
  });

  it('has its MCP endpoint on the origin that a client asks', async () => {
    const publicUrl = new URL(environment.baseUrl);
    for (const hostname of ['localhost', '127.0.0.1']) {
      const { origin } = new URL(`${publicUrl.protocol}//${hostname}:${publicUrl.port}`);
      const session = await newComposio(environment.apiKey, origin).create(unique('user_a'), { mcp: true });
      expect(new URL(session.mcp.url).origin).toBe(origin);
      const listed = await call(session.mcp.url, {
        headers: { accept: 'application/json, text/event-stream' },
        body: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
      });
      expect(listed.status).toBe(200);
    }
  });

  it('is not made wider than it was meant: a field that is not known is refused', async () => {
    const body = { user_id: unique('user_a'), toolkit: { enable: ['github'] } };
    const { message, errors } = errorOf(await call('/tool_router/session', { body }), 400);
    expect([message, ...(errors ?? [])].join('\n')).toContain('toolkit');
  });

  it('is gone everywhere once deleted', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['time'], mcp: true });
    const { sessionId } = session;
    expect((await session.execute('TIME_GET_CURRENT_TIME')).error).toBeNull();
    expect(await session.delete()).toEqual({ sessionId, deleted: true });

    await expect(composio.use(sessionId)).rejects.toMatchObject({ status: 404 });
    await expect(session.execute('TIME_GET_CURRENT_TIME')).rejects.toMatchObject({ status: 404 });
    await expect(session.tools()).rejects.toMatchObject({ status: 404 });
    await expect(session.delete()).rejects.toMatchObject({ status: 404 });
    const overMcp = await call(session.mcp.url, {
      headers: { accept: 'application/json, text/event-stream' },
      body: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    });
    expect(overMcp.status).toBe(404);
    errorOf(await call(`/tool_router/session/${sessionId}`), 404);
  });
});
