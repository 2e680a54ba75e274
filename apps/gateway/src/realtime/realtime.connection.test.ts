import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { LastingCredential } from '../access/index.js';
import { RealtimeConnection, type ChannelEvent } from './realtime.connection.js';

const CHANNEL = 'private-proj_1_triggers';
const credential: LastingCredential = {
  kind: 'project_key',
  sha256: 'ab',
  keyId: 'key_1',
  projectId: 'proj_1',
};

interface Frame {
  event: string;
  channel?: string;
  data: unknown;
}

/** What stands around a connection, in memory. */
class Surroundings {
  refusal: AppError | undefined;
  readonly watchers = new Set<{ send: (event: ChannelEvent) => void; end: (reason: string) => void }>();
  readonly held: ((reason: string) => void)[] = [];

  async check(): Promise<void> {
    if (this.refusal) throw this.refusal;
  }
  isAuthorized(auth: string, key: string, socketId: string, channel: string): boolean {
    return auth === `${key} ${socketId} ${channel}`;
  }
  async watch(_projectId: string, send: (event: ChannelEvent) => void, end: (reason: string) => void) {
    const watcher = { send, end };
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
  hold(_credential: LastingCredential, end: (reason: string) => void): void {
    this.held.push(end);
  }
  happens(event: ChannelEvent): void {
    for (const { send } of this.watchers) send(event);
  }
}

let http: Server;
let connection: RealtimeConnection;
let serverSide: WebSocket;
let around: Surroundings;

beforeEach(async () => {
  around = new Surroundings();
  http = createServer();
  new WebSocketServer({ server: http }).on('connection', (socket) => {
    serverSide = socket;
    connection = new RealtimeConnection(socket, 'app-key', credential, around);
    connection.open();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  serverSide.terminate();
  http.close();
});

async function connect() {
  const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const frames: Frame[] = [];
  let closed: { code: number; reason: string } | undefined;
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
  socket.on('close', (code, reason) => (closed = { code, reason: reason.toString() }));
  const next = async (event: string) => {
    await eventually(() => expect(frames.map((frame) => frame.event)).toContain(event));
    return frames.find((frame) => frame.event === event) as Frame;
  };
  const established = await next('pusher:connection_established');
  const { socket_id: socketId } = JSON.parse(String(established.data)) as { socket_id: string };
  const say = (event: string, data: unknown) => socket.send(JSON.stringify({ event, data }));
  return {
    socket,
    socketId,
    frames,
    next,
    say,
    subscribe: (channel = CHANNEL, auth = `app-key ${socketId} ${channel}`) =>
      say('pusher:subscribe', { channel, auth }),
    closed: () => closed,
  };
}

async function subscribed() {
  const client = await connect();
  client.subscribe();
  await client.next('pusher_internal:subscription_succeeded');
  return client;
}

describe('a client of the Pusher protocol', () => {
  it('is given an id, and an answer to its pings', async () => {
    const client = await connect();
    expect(client.socketId).toMatch(/^\d+\.\d+$/);
    client.say('pusher:ping', '');
    expect(await client.next('pusher:pong')).toEqual({ event: 'pusher:pong', data: '{}' });
  });

  it('is sent the events of its channel, and none after it left', async () => {
    const client = await subscribed();
    around.happens({ id: 'log_1', text: '{"n":1}' });
    expect(await client.next('trigger_to_client')).toMatchObject({ channel: CHANNEL, data: '{"n":1}' });
    client.say('pusher:unsubscribe', { channel: CHANNEL });
    await eventually(() => expect(around.watchers.size).toBe(0));
  });

  it('watches once, however often it subscribes, and no longer than it is there', async () => {
    const client = await subscribed();
    client.subscribe();
    await eventually(() => expect(client.frames).toHaveLength(3));
    expect(around.watchers.size).toBe(1);
    expect(around.held).toHaveLength(1);
    client.socket.terminate();
    await eventually(() => expect(around.watchers.size).toBe(0));
  });

  it.each([
    ['another project’s channel', 'private-proj_2_triggers', undefined, 403],
    ['a signature for another connection', CHANNEL, 'app-key 9.9 private-proj_1_triggers', 401],
    ['no signature', CHANNEL, '', 401],
  ])('is refused with %s, and stays connected', async (_, channel, auth, status) => {
    const client = await connect();
    client.subscribe(channel, auth);
    const { data } = await client.next('pusher:subscription_error');
    expect(JSON.parse(String(data))).toMatchObject({ type: 'AuthError', status });
    expect(around.watchers.size).toBe(0);
    client.subscribe();
    await client.next('pusher_internal:subscription_succeeded');
  });

  it('is refused when its credential has ended meanwhile', async () => {
    around.refusal = new AppError('unauthenticated', 'The key is no longer valid.');
    const client = await connect();
    client.subscribe();
    const { data } = await client.next('pusher:subscription_error');
    expect(JSON.parse(String(data))).toMatchObject({ status: 401, error: 'The key is no longer valid.' });
  });

  it('is told why it is closed when its credential ends, and not to come again', async () => {
    const client = await subscribed();
    around.held[0]?.('The key is no longer valid.');
    const told = await client.next('pusher:error');
    expect(told.data).toEqual({ code: 4009, message: 'The key is no longer valid.' });
    await eventually(() =>
      expect(client.closed()).toEqual({ code: 4009, reason: 'The key is no longer valid.' }),
    );
    expect(around.watchers.size).toBe(0);
  });

  it('is asked to come again when events can no longer be sent', async () => {
    const client = await subscribed();
    for (const { end } of around.watchers) end('The gateway is stopping.');
    await eventually(() => expect(client.closed()?.code).toBe(4200));
  });

  it('waits before it comes again when the process is full', async () => {
    around.refusal = new AppError('unavailable', 'Too many clients are watching already.');
    const client = await connect();
    client.subscribe();
    await eventually(() => expect(client.closed()?.code).toBe(4100));
  });

  it('is closed when it talks without end', async () => {
    const client = await connect();
    for (let n = 0; n < 100; n += 1) client.say('pusher:ping', {});
    await eventually(() => expect(client.closed()?.code).toBe(4301));
  });

  it('is closed when it enters no channel', async () => {
    const client = await connect();
    for (let n = 0; n < 3; n += 1) connection.beat();
    await eventually(() => expect(client.closed()?.code).toBe(4009));
  });

  it('is cut off when it gives no sign of life', async () => {
    const client = await subscribed();
    client.socket.pause();
    for (let n = 0; n < 4; n += 1) connection.beat();
    client.socket.resume();
    await eventually(() => expect(client.closed()?.code).toBe(1006));
  });

  it('is cut off when it reads too slowly, without events waiting for it', async () => {
    const client = await subscribed();
    client.socket.pause();
    const text = JSON.stringify({ text: 'x'.repeat(256 * 1024) });
    let sent = 0;
    for (; around.watchers.size > 0 && sent < 500; sent += 1) around.happens({ id: `log_${sent}`, text });
    expect(sent).toBeLessThan(500);
    expect(serverSide.readyState).not.toBe(WebSocket.OPEN);
    client.socket.terminate();
  });

  it('hears what is wrong with what it says', async () => {
    const client = await connect();
    client.socket.send('nonsense');
    client.say('client-hello', {});
    client.say('pusher:subscribe', {});
    client.socket.send(Buffer.from([1, 2]));
    await eventually(() =>
      expect(client.frames.filter(({ event }) => event === 'pusher:error')).toHaveLength(4),
    );
    expect(client.closed()).toBeUndefined();
  });
});
