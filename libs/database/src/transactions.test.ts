import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defineEvent, EventEnvelope } from '@patchbay/contracts';
import { Bus, createLogger, EventConsumer } from '@patchbay/service';
import { createDatabase, eventually, startNats } from '@patchbay/testing';
import { z } from 'zod';
import { Note, notes } from '../test/note.js';
import { runService } from '../test/running-service.js';
import { migrate } from './migrations.js';

const noted = defineEvent('events.auth.note.created', z.object({ id: z.string() }));

const logger = createLogger('auth', 'silent');

describe('Transactions', () => {
  let storeDir: string;
  let nats: Awaited<ReturnType<typeof startNats>>;
  let replicas: Awaited<ReturnType<typeof runService>>[] = [];
  /** What reached the stream's subjects, including the repeats that the stream drops: one after a late acknowledgement. */
  let published: string[] = [];
  let consumer: EventConsumer;
  /** What the stream holds, by its place in it. */
  const stored = new Map<number, string>();

  beforeAll(async () => {
    storeDir = await mkdtemp(join(tmpdir(), 'patchbay-nats-test-'));
    nats = await startNats({ storeDir });
    const url = await createDatabase();
    await migrate(url, notes('auth'));
    replicas = await Promise.all([1, 2].map(() => runService(nats.url, url, notes('auth'))));
    const options = {
      durable: 'notes',
      subject: noted.subject,
      batchSize: 100,
      maxWaitMs: 10,
      ownsStream: true,
    };
    consumer = new EventConsumer(one().nats, options, readNotes, logger);
    consumer.start();
    one().nats.connection.subscribe('events.>', {
      callback: (_error, message) => void published.push(message.json<EventEnvelope>().id),
    });
    await one().nats.connection.flush();
  });

  beforeEach(async () => {
    await nats.start();
    await eventually(() => expect(replicas.every((replica) => replica.nats.connected)).toBe(true));
    published = [];
  });

  afterAll(async () => {
    await consumer?.stop();
    await Promise.all(replicas.map((replica) => replica.close()));
    await nats?.stop();
    await rm(storeDir, { recursive: true, force: true });
  });

  const readNotes: ConstructorParameters<typeof EventConsumer>[2] = (batch) => {
    for (const message of batch) {
      stored.set(message.seq, noted.data.parse(message.json<EventEnvelope>().data).id);
    }
    return Promise.resolve();
  };
  const one = () => replicas[0]!;
  const waiting = async () =>
    (
      await one().dataSource.query<{ event_id: string }[]>('SELECT event_id FROM outbox ORDER BY position')
    ).map(({ event_id }) => event_id);
  const nothingWaits = () => eventually(async () => expect(await waiting()).toEqual([]));
  /** The notes with the prefix that the stream tells of, in its order. */
  const told = (prefix: string) => [...stored.values()].filter((id) => id.startsWith(prefix));
  const isTold = (prefix: string, ids: string[]) => eventually(() => expect(told(prefix)).toEqual(ids));

  /** Adds notes and tells of them; fails at its end when asked to. */
  const add = (ids: string[], end = () => Promise.resolve()) =>
    one().transactions.run(async (manager, emit) => {
      for (const id of ids) {
        await manager.insert(Note, { id });
        await emit(noted, 'proj_1', { id });
      }
      await end();
      return ids.length;
    });
  const exists = (id: string) => one().dataSource.getRepository(Note).existsBy({ id });

  it('lets an event leave with the change that it tells of, once, and gives what the work gave', async () => {
    expect(await add(['plain-1', 'plain-2'])).toBe(2);
    await nothingWaits();
    await isTold('plain', ['plain-1', 'plain-2']);
    expect(await exists('plain-1')).toBe(true);
    await eventually(() => expect(new Set(published).size).toBe(2));
  });

  it('lets no event leave when the transaction fails', async () => {
    await expect(add(['failed'], () => Promise.reject(new Error('too many notes')))).rejects.toThrow(
      'too many notes',
    );
    expect(await exists('failed')).toBe(false);
    expect(await waiting()).toEqual([]);
    // What comes after it leaves, so it would have left before.
    await add(['after-failed']);
    await isTold('after-failed', ['after-failed']);
    expect(told('failed')).toEqual([]);
    await eventually(() => expect(new Set(published).size).toBe(1));
  });

  it('lets no event leave before the commit', async () => {
    await add(['early'], async () => {
      for (const { relay } of replicas) void relay.nudge();
      // The relays have looked once another event has left.
      await replicas[1]!.transactions.run((_manager, emit) => emit(noted, 'proj_1', { id: 'meanwhile' }));
      await isTold('meanwhile', ['meanwhile']);
      expect(told('early')).toEqual([]);
    });
    await isTold('early', ['early']);
  });

  it('keeps an event in the outbox while NATS is away, and lets it leave when it is back', async () => {
    await nats.stop();
    await eventually(() => expect(one().nats.connected).toBe(false));
    await add(['outage-1']);
    await add(['outage-2']);
    expect(await exists('outage-1')).toBe(true);
    expect(await waiting()).toHaveLength(2);
    await nats.start();
    await isTold('outage', ['outage-1', 'outage-2']);
    await nothingWaits();
  });

  it('has an event once in the stream though a relay died between publishing and forgetting it', async () => {
    const bus = new Bus(one().nats, logger);
    const event = bus.envelop('proj_1', { id: 'twice' });
    await bus.publish(noted, event);
    await one().dataSource.query('INSERT INTO outbox (event_id, subject, body) VALUES ($1, $2, $3)', [
      event.id,
      noted.subject,
      JSON.stringify(event),
    ]);
    await nothingWaits();
    await eventually(() => expect(published.length).toBeGreaterThan(1));
    expect(new Set(published)).toEqual(new Set([event.id]));
    await isTold('twice', ['twice']);
  });

  it('publishes each event once when two relays are at it', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `many-${index}`);
    await add(ids);
    for (const { relay } of replicas) void relay.nudge();
    await nothingWaits();
    await eventually(() => expect(told('many').sort()).toEqual([...ids].sort()));
    await eventually(() => expect(new Set(published).size).toBe(ids.length));
    // One whose acknowledgement is late is published again; both relays at all of them would double them.
    expect(published.length).toBeLessThan(ids.length * 1.5);
  });
});
