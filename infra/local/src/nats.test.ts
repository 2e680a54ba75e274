import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from './config.js';
import { startNats, type NatsServer } from './nats.js';
import { serviceNames, type ServiceName } from './services.js';

describe('nats.conf', () => {
  let server: NatsServer;
  const clients = {} as Record<ServiceName, NatsConnection>;

  beforeAll(async () => {
    server = await startNats({
      config: join(root, 'infra/nats/nats.conf'),
      env: Object.fromEntries(
        serviceNames.map((name) => [`NATS_${name.toUpperCase()}_PASSWORD`, `secret-${name}`]),
      ),
    });
    for (const name of serviceNames) {
      clients[name] = await connect({
        servers: server.url,
        user: name,
        pass: `secret-${name}`,
        inboxPrefix: `_INBOX_${name}`,
      });
      clients[name].subscribe(`${name}.>`, {
        queue: name,
        callback: (_error, message) => void message.respond(`${name} heard ${message.subject}`),
      });
    }
    await Promise.all(serviceNames.map((name) => clients[name].flush()));
  });

  afterAll(async () => {
    await Promise.all(Object.values(clients).map((client) => client.close()));
    await server.stop();
  });

  const ask = async (from: ServiceName, subject: string) =>
    (await clients[from].request(subject, undefined, { timeout: 5_000 })).string();

  it('lets every call of the tree through, and its answer back', async () => {
    const calls: [ServiceName, string][] = [
      ['gateway', 'sessions.session.create'],
      ['gateway', 'auth.keys.verify'],
      ['gateway', 'tools.tool.execute'],
      ['gateway', 'logs.calls.list'],
      ['gateway', 'workbench.file.read'],
      ['sessions', 'tools.tool.search'],
      ['sessions', 'auth.connections.list'],
      ['sessions', 'workbench.code.run'],
      ['tools', 'auth.connections.list'],
    ];
    for (const [from, subject] of calls) {
      await expect(ask(from, subject)).resolves.toBe(`${subject.split('.')[0]} heard ${subject}`);
    }
  });

  it('opens credentials to tools and to nobody else', async () => {
    await expect(ask('tools', 'auth.credentials.open')).resolves.toBe('auth heard auth.credentials.open');
    for (const name of serviceNames.filter((other) => other !== 'tools')) {
      await expect(ask(name, 'auth.credentials.open')).rejects.toThrow(/permission/i);
    }
  });

  it.each<[ServiceName, string]>([
    ['tools', 'sessions.session.get'],
    ['auth', 'tools.tool.execute'],
    ['workbench', 'auth.connections.list'],
    ['workbench', 'tools.tool.execute'],
    ['logs', 'auth.keys.verify'],
    ['tools', 'gateway.anything'],
  ])('refuses the way back up the tree: %s asking %s', async (from, subject) => {
    await expect(ask(from, subject)).rejects.toThrow(/permission/i);
  });

  it.each(['_INBOX_gateway.>', '_INBOX.>', 'auth.credentials.open', '>'])(
    'refuses sessions to listen in on %s',
    async (subject) => {
      const listening = new Promise((_resolve, reject) => {
        clients.sessions.subscribe(subject, { callback: (error) => void (error && reject(error)) });
      });
      await expect(listening).rejects.toThrow(/permission/i);
    },
  );

  it('keeps events: logs owns the stream, a service publishes its own, logs consumes and acknowledges', async () => {
    const manager = await jetstreamManager(clients.logs);
    await manager.streams.add({ name: 'EVENTS', subjects: ['events.>'] });
    await manager.consumers.add('EVENTS', { durable_name: 'logs', ack_policy: 'explicit' });

    const ack = await jetstream(clients.sessions).publish('events.sessions.session.created', 'one', {
      msgID: '1',
    });
    expect(ack).toMatchObject({ stream: 'EVENTS', seq: 1, duplicate: false });
    await expect((await jetstreamManager(clients.tools)).streams.info('EVENTS')).resolves.toMatchObject({
      state: { messages: 1 },
    });

    const consumer = await jetstream(clients.logs).consumers.get('EVENTS', 'logs');
    const message = await consumer.next({ expires: 5_000 });
    expect(message?.string()).toBe('one');
    await message?.ackAck();
    await expect(consumer.info()).resolves.toMatchObject({ num_ack_pending: 0, num_pending: 0 });
  });

  it("refuses an event in another service's name", async () => {
    await expect(jetstream(clients.sessions).publish('events.auth.key.revoked', 'x')).rejects.toThrow(
      /permission/i,
    );
  });

  it('refuses to change the stream to everyone but logs', async () => {
    const manager = await jetstreamManager(clients.sessions);
    await expect(manager.streams.delete('EVENTS')).rejects.toThrow(/permission/i);
  });

  it('refuses a wrong password', async () => {
    await expect(
      connect({ servers: server.url, user: 'tools', pass: 'wrong', reconnect: false }),
    ).rejects.toThrow(/authorization/i);
  });
});

describe('startNats', () => {
  it('has its streams and its port again after a stop, also after a SIGKILL', async () => {
    const storeDir = mkdtempSync(join(tmpdir(), 'patchbay-nats-test-'));
    const server = await startNats({ storeDir });
    const messages = async () => {
      const client = await connect({ servers: server.url });
      const manager = await jetstreamManager(client);
      await manager.streams.add({ name: 'EVENTS', subjects: ['events.>'] });
      await jetstream(client).publish('events.one', 'x');
      const { state } = await manager.streams.info('EVENTS');
      await client.close();
      return state.messages;
    };
    await expect(messages()).resolves.toBe(1);
    await server.stop();
    expect(server.pid).toBe(0);
    await server.start();
    await expect(messages()).resolves.toBe(2);
    await server.stop('SIGKILL');
    await server.start();
    await expect(messages()).resolves.toBe(3);

    // What a killed run leaves behind looks the same to the next one: a living server on the store.
    const next = await startNats({ storeDir });
    expect(server.pid).toBe(0);
    await next.stop();
    rmSync(storeDir, { recursive: true });
  });
});
