import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import { startNats } from './nats.js';

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
