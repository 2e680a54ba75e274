import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { eventually } from '@patchbay/testing';
import { environment, unique } from '../support/environment.js';
import { call, createSession } from '../support/http.js';
import { connectMcp } from '../support/mcp.js';
import { connectModern } from '../support/mcp.modern.js';

const SLOW = 'TEST_TOOL_WITH_PROGRESS';

describe("what a session's MCP endpoint says besides answers", () => {
  let id: string;
  let mcp: { url: string; headers: Record<string, string> };
  const closing: (() => Promise<void>)[] = [];
  const keep = <T extends { close(): Promise<void> }>(client: T): T => {
    closing.push(() => client.close());
    return client;
  };

  beforeAll(async () => {
    id = await createSession({
      user_id: unique('streams'),
      toolkits: { enable: ['test', 'time'] },
      preload: { tools: [SLOW] },
    });
    mcp = {
      url: `${environment.baseUrl}/tool_router/${id}/mcp`,
      headers: { 'x-api-key': environment.apiKey },
    };
  });
  afterAll(() => Promise.all(closing.map((close) => close())));

  it('tells clients of both eras that the tools have changed when the session is patched', async () => {
    const [older, newer] = [keep(await connectMcp(mcp)), keep(await connectModern(mcp))];
    let heardByOlder = 0;
    let heardByNewer = 0;
    older.setNotificationHandler(ToolListChangedNotificationSchema, () => void (heardByOlder += 1));
    newer.setNotificationHandler('notifications/tools/list_changed', () => void (heardByNewer += 1));
    const subscription = await newer.listen({ toolsListChanged: true });
    // The older client opens its stream behind its back, so that the first change may come before it listens.
    let preload = [SLOW];
    await eventually(async () => {
      preload = [...preload.slice(0, 1), ...(preload.length > 1 ? [] : ['TIME_CONVERT_TIME'])];
      await call(`/tool_router/session/${id}`, { method: 'PATCH', body: { preload: { tools: preload } } });
      await eventually(() => expect(heardByOlder).toBeGreaterThan(0), { timeout: 1_000 });
    });
    await eventually(() => expect(heardByNewer).toBeGreaterThan(0));
    for (const { tools } of [await older.listTools(), await newer.listTools()]) {
      expect(tools.map(({ name }) => name).includes('TIME_CONVERT_TIME')).toBe(preload.length > 1);
    }
    await subscription.close();
  });

  it('tells a client that comes back of the change it missed, whichever replica it comes to', async () => {
    const stream = (version: string) =>
      fetch(mcp.url, { headers: { ...mcp.headers, accept: 'text/event-stream', 'last-event-id': version } });
    const answer = await stream('0');
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const { value } = await answer.body!.pipeThrough(new TextDecoderStream()).getReader().read();
    expect(value).toMatch(/^event: message\nid: \d+\ndata: .*tools\/list_changed/);
  });

  it('tells that a long call is under way to who asks for it', async () => {
    for (const client of [keep(await connectMcp(mcp)), keep(await connectModern(mcp))]) {
      const seconds: number[] = [];
      const onprogress = ({ progress }: { progress: number }) => void seconds.push(progress);
      // The clients' own signatures differ in what stands between the call and its options.
      const result =
        'getNegotiatedProtocolVersion' in client
          ? await client.callTool({ name: SLOW, arguments: {} }, { onprogress })
          : await client.callTool({ name: SLOW, arguments: {} }, undefined, { onprogress });
      expect(result.isError).not.toBe(true);
      expect(seconds.length).toBeGreaterThanOrEqual(3);
      expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
    }
  });

  it('is not needed where a client cancels its call: the request to the provider ends', async () => {
    const stateOf = async (text: string) =>
      (await call(`${environment.keyedUrl}/hanging?text=${text}`, { apiKey: null })).body;
    for (const client of [keep(await connectMcp(mcp)), keep(await connectModern(mcp))]) {
      const text = unique('hang');
      const cancelled = new AbortController();
      const wanted = { name: 'TEST_HANG', arguments: { text } };
      const { signal } = cancelled;
      const result =
        'getNegotiatedProtocolVersion' in client
          ? client.callTool(wanted, { signal })
          : client.callTool(wanted, undefined, { signal });
      const ended = result.then(
        () => 'answered',
        () => 'given up',
      );
      await eventually(async () => expect(await stateOf(text)).toBe('{"state":"waiting"}'));
      cancelled.abort('no longer wanted');
      expect(await ended).toBe('given up');
      await eventually(async () => expect(await stateOf(text)).toBe('{"state":"left"}'));
    }
  });

  it('ends for good when the session is deleted', async () => {
    const session = await createSession({ user_id: unique('streams'), toolkits: { enable: ['time'] } });
    const url = `${environment.baseUrl}/tool_router/${session}/mcp`;
    const answer = await fetch(url, { headers: { ...mcp.headers, accept: 'text/event-stream' } });
    await call(`/tool_router/session/${session}`, { method: 'DELETE' });
    expect(await answer.text()).not.toContain('list_changed');
    await eventually(async () => {
      expect((await call(url, { body: { jsonrpc: '2.0', id: 1, method: 'ping' } })).status).toBe(404);
    });
  });
});
