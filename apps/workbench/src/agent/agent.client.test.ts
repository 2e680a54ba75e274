import { PassThrough, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from '@patchbay/service';
import { z } from 'zod';
import { AgentClient } from './agent.client.js';
import { Frame, readFrames } from './frames.js';

const MEGABYTE = 1024 * 1024;
const frame = (helper: number) => `{"helper":${helper},"name":"any","arguments":{}}\n`;

/** A sandbox whose agent is the test. */
function connect({ callsPerSecond = 1000, unread = 0 } = {}) {
  let stop!: (reason: string) => void;
  const ended = new Promise<string>((resolve) => {
    stop = resolve;
  });
  const [input, output] = [new PassThrough(), new PassThrough()];
  const state = { unread };
  const agent = new AgentClient(
    { id: 'one', input, output, ended, unread: () => state.unread, stop: async () => stop('stopped') },
    '{}\n',
    callsPerSecond,
  );
  const sent: Record<string, unknown>[] = [];
  input.on('data', (data: Buffer) => {
    for (const line of data.toString().trim().split('\n'))
      sent.push(JSON.parse(line) as Record<string, unknown>);
  });
  return { agent, output, sent, state };
}

/** All that is due, of streams and promises. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await nextTurn();
}

describe('frames', () => {
  it('of a stream that never pauses leave turns of the event loop to other work', async () => {
    const chunk = Buffer.from(frame(1).repeat(1000));
    let turns = 0;
    let isDone = false;
    const others = () => {
      turns += 1;
      if (!isDone) setImmediate(others);
    };
    setImmediate(others);
    let frames = 0;
    const endless = Readable.from(Array.from({ length: 20 }, () => chunk));
    for await (const _ of readFrames(endless, new TokenBucket(1e12, 1e12), Frame)) frames += 1;
    isDone = true;
    expect(frames).toBe(20_000);
    expect(turns).toBeGreaterThanOrEqual(20);
  });

  it('are not read faster than their rate', async () => {
    const output = new PassThrough();
    const frames = readFrames(output, new TokenBucket(1, 10), Frame);
    output.write(frame(1));
    expect((await frames.next()).value).toMatchObject({ frame: { helper: 1 } });
    output.write(frame(2));
    let isRead = false;
    void frames.next().then(() => {
      isRead = true;
    });
    await settle();
    expect(isRead).toBe(false);
  });

  it.each([
    ['{"id":1,"ok":"[[[["}', 1],
    [String.raw`{"id":1,"ok":"\\\"]{"}`, 1],
    [`{"id":1,"ok":${'['.repeat(100)}${']'.repeat(100)}}`, 101],
  ])('may hold what only looks deep: %s', async (line) => {
    const frames = readFrames(Readable.from([Buffer.from(`${line}\n`)]), new TokenBucket(1e9, 1e9), Frame);
    expect((await frames.next()).value).toMatchObject({ frame: { id: 1 } });
  });
});

describe('helper calls', () => {
  it('of one sandbox are made a certain number in a second; the others wait', async () => {
    const { agent, output } = connect({ callsPerSecond: 5 });
    let calls = 0;
    agent.onHelper = async () => {
      calls += 1;
      return { result: calls, error: '' };
    };
    for (let helper = 1; helper <= 60; helper += 1) output.write(frame(helper));
    await settle();
    expect(calls).toBeGreaterThanOrEqual(10);
    expect(calls).toBeLessThan(30);
    expect(agent.isGone).toBe(false);
  });

  it('above those that may run at once end the sandbox', async () => {
    const { agent, output } = connect();
    agent.onHelper = () => new Promise(() => undefined);
    for (let helper = 1; helper <= 65; helper += 1) output.write(frame(helper));
    await agent.gone;
    await expect(agent.request('stat', {}, z.object({}), 1000)).rejects.toMatchObject({
      code: 'sandbox_lost',
      message: expect.stringContaining('more than 64 helper calls at once'),
    });
  });

  it('are refused while answers lie unread, and end the sandbox when it reads nothing at all', async () => {
    const { agent, output, sent, state } = connect({ unread: 40 * MEGABYTE });
    agent.onHelper = async () => ({ result: 'x', error: '' });
    output.write(frame(1));
    await settle();
    expect(sent.at(-1)).toMatchObject({ helper: 1, result: null, error: expect.stringContaining('32 MB') });
    state.unread = 70 * MEGABYTE;
    output.write(frame(2));
    await agent.gone;
    await expect(agent.request('stat', {}, z.object({}), 1000)).rejects.toThrow('does not read');
  });
});
