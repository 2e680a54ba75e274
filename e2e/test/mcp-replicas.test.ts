import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { z } from 'zod';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createSession } from '../support/http.js';
import { connectAskingModern, connectAskingOlder } from '../support/mcp.asking.js';
import { releaseNotes, timesWritten } from '../support/notes.js';
import { recorded } from '../support/record.js';

const { baseUrl, replica, apiKey } = environment;
const SLOW = 'TEST_TOOL_WITH_PROGRESS';
const WRITE = 'KEYED_WRITE_NOTE';
const TIME = 'TIME_GET_CURRENT_TIME';
const STREAMING = { accept: 'application/json, text/event-stream' };
const user = unique('two_gateways');
let id: string;

const at = (base: string) => `${base}/tool_router/${id}/mcp`;
const post = (base: string, body: object, headers: Record<string, string> = {}) =>
  call(at(base), { body: { jsonrpc: '2.0', ...body }, headers: { ...STREAMING, ...headers } });
const INITIALIZE = {
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};
const newClient = async (base: string) => {
  const { headers } = await post(base, INITIALIZE);
  return { 'mcp-session-id': headers.get('mcp-session-id') ?? '' };
};

/** As a load balancer without memory does it: each request goes to the other gateway. */
function alternating() {
  const bases = [baseUrl, replica.url];
  let requests = 0;
  const seen = new Set<string>();
  const send = async (url: URL | string, init?: RequestInit) => {
    const base = bases[(requests += 1) % 2] ?? '';
    seen.add(base);
    return fetch(new URL(new URL(url).pathname, base), init);
  };
  return { send, seen };
}

/** Last of all the second gateway is killed: nothing comes after this file that would want it. */
describe('two gateways, of which every request may reach the other one', () => {
  beforeAll(async () => {
    const composio = newComposio();
    await connectKeyed(composio, user, await customConfig(composio, 'keyed', 'API_KEY'));
    id = await createSession({
      user_id: user,
      toolkits: { enable: ['test', 'time', 'keyed'] },
      preload: { tools: [SLOW] },
      experimental: {
        permissions: { default: 'allow_all', overrides: { [`${TIME}:__none__`]: 'ask_always' } },
      },
    });
  });

  it.each([
    ['2025-11-25', connectAskingOlder],
    ['2026-07-28', connectAskingModern],
  ] as const)('serve one client of %s: it lists, calls, and is asked', async (_, connect) => {
    const { send, seen } = alternating();
    const client = await connect({ url: at(baseUrl), headers: { 'x-api-key': apiKey } }, send);
    try {
      for (let times = 0; times < 3; times += 1) {
        expect(await client.list()).toContain(SLOW);
        // The question is asked by one gateway, and its answer comes to the other.
        expect((await client.call(TIME, { timezone: 'UTC' })).isError).toBe(false);
        expect(client.asked).toHaveLength(times + 1);
      }
      expect(seen.size).toBe(2);
    } finally {
      await client.close();
    }
  });

  it('tell who asks for it that its call is under way', async () => {
    const client = await newClient(baseUrl);
    const params = { name: SLOW, arguments: {}, _meta: { progressToken: 'p' } };
    const { body } = await post(replica.url, { id: 4, method: 'tools/call', params }, client);
    expect(body).toMatch(/notifications\/progress[^]*"id":4/);
  });

  it('cancel a call that the other one has, down to its provider', async () => {
    const client = await newClient(baseUrl);
    const text = unique('hang');
    const params = { name: 'TEST_HANG', arguments: { text } };
    const pending = post(baseUrl, { id: 9, method: 'tools/call', params }, client);
    const state = async () =>
      (await call(`${environment.keyedUrl}/hanging?text=${text}`, { apiKey: null })).body;
    await eventually(async () => expect(await state()).toBe('{"state":"waiting"}'));
    await post(replica.url, { method: 'notifications/cancelled', params: { requestId: 9 } }, client);
    await eventually(async () => expect(await state()).toBe('{"state":"left"}'));
    expect((await pending).body).toMatchObject({
      id: 9,
      error: { message: expect.stringContaining('cancelled') },
    });
  });

  it('tell of a change that came through the other one, also to who was away meanwhile', async () => {
    const headers = { 'x-api-key': apiKey, accept: 'text/event-stream' };
    const listening = await fetch(at(replica.url), { headers });
    const events = listening.body!.pipeThrough(new TextDecoderStream()).getReader();
    const patched = await call(`/tool_router/session/${id}`, {
      method: 'PATCH',
      body: { preload: { tools: [SLOW, 'TIME_CONVERT_TIME'] } },
    });
    expect(patched.status).toBe(200);
    expect((await events.read()).value).toContain('tools/list_changed');
    await events.cancel();
    const resumed = await fetch(at(baseUrl), { headers: { ...headers, 'last-event-id': '1' } });
    const missed = resumed.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await missed.read()).value).toContain('tools/list_changed');
    await missed.cancel();
  });

  it('let a client go that leaves through the other one', async () => {
    const client = await newClient(baseUrl);
    const left = await call(at(replica.url), { method: 'DELETE', headers: { ...STREAMING, ...client } });
    expect(left.status).toBe(204);
    await eventually(async () =>
      expect((await post(baseUrl, { id: 2, method: 'ping' }, client)).status).toBe(404),
    );
  });

  it('make a call once that comes to both under one key, and answer both', async () => {
    for (const where of ['header', '_meta'] as const) {
      const text = unique('twice');
      const key = randomUUID();
      const params = {
        name: WRITE,
        arguments: { text, hold: true },
        ...(where === '_meta' && { _meta: { idempotencyKey: key } }),
      };
      const headers: Record<string, string> = where === 'header' ? { 'idempotency-key': key } : {};
      const both = [baseUrl, replica.url].map((base) =>
        post(base, { id: base, method: 'tools/call', params }, headers),
      );
      await eventually(async () => expect(await timesWritten(text)).toBe(1));
      await releaseNotes(text);
      const logIds = (await Promise.all(both)).map(
        ({ body }) =>
          z.object({ result: z.object({ structuredContent: z.object({ log_id: z.string() }) }) }).parse(body)
            .result.structuredContent.log_id,
      );
      expect(new Set(logIds).size).toBe(1);
      expect(await timesWritten(text)).toBe(1);
      const other = { ...params, arguments: { text: unique('other') } };
      const reused = await post(baseUrl, { id: 3, method: 'tools/call', params: other }, headers);
      expect(JSON.stringify(reused.body)).toContain('came with another request');
    }
  });

  it('do not make a call again that one of them was killed in, and have it on the record', async () => {
    const text = unique('killed');
    const request = {
      body: { tool_slug: WRITE, arguments: { text, hold: true } },
      headers: { 'idempotency-key': randomUUID() },
    };
    const path = `/tool_router/session/${id}/execute`;
    const lost = call(path, { ...request, baseUrl: replica.url }).catch(() => 'lost');
    await eventually(async () => expect(await timesWritten(text)).toBe(1));
    process.kill(replica.pid, 'SIGKILL');
    expect(await lost).toBe('lost');
    const again = call(path, request);
    await releaseNotes(text);
    const answer = await again;
    expect(answer).toMatchObject({
      status: 503,
      body: { error: { message: expect.stringContaining('begun once') } },
    });
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(await timesWritten(text)).toBe(1);
    await eventually(async () => {
      const calls = await recorded({ session_id: id, tool_slug: WRITE });
      // The two of the test before, and this one, which ended well without anybody to tell.
      expect(calls.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
    });
  });
});
