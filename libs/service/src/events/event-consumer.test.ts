import { jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defineEvent, type EventEnvelope } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { z } from 'zod';
import { gate } from '../../test/gate.js';
import { startRestartableNats } from '../../test/restartable-nats.js';
import { connectCaller } from '../../test/running-service.js';
import { EventConsumer, type ConsumerOptions } from './event-consumer.js';
import { ensureEventStream, EVENT_STREAM } from './event-stream.js';
import type { FailedEvent } from './failed-event.js';

/** A subject a test, so that each hears only its own. */
const subjectOf = (test: string) => defineEvent(`events.tools.${test}.counted`, z.object({ n: z.int() }));

describe('EventConsumer', () => {
  let nats: Awaited<ReturnType<typeof startRestartableNats>>;
  let client: Awaited<ReturnType<typeof connectCaller>>;
  let consumers: EventConsumer[] = [];

  beforeAll(async () => {
    nats = await startRestartableNats();
    client = await connectCaller(nats.url, 'logs');
    await ensureEventStream(client.nats);
  });

  afterEach(async () => {
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    consumers = [];
  });

  afterAll(async () => {
    await client?.close();
    await nats?.remove();
  });

  const consume = (
    test: string,
    handle: (batch: JsMsg[]) => Promise<void>,
    options: Partial<ConsumerOptions> = {},
  ) => {
    const all = {
      durable: test,
      subject: subjectOf(test).subject,
      batchSize: 10,
      maxWaitMs: 50,
      ownsStream: true,
      ...options,
    };
    const consumer = new EventConsumer(client.nats, all, handle, client.logger);
    consumers.push(consumer);
    consumer.start();
    return consumer;
  };

  const publish = async (test: string, count: number) => {
    const events = Array.from({ length: count }, (_, n) => client.bus.envelop('proj_1', { n }));
    for (const event of events) await client.bus.publish(subjectOf(test), event);
    return events.map(({ id }) => id);
  };

  const idOf = (message: JsMsg) => message.json<EventEnvelope>().id;
  const consumerState = async (test: string) => {
    await client.nats.connection.flush();
    const { num_ack_pending, num_pending } = await (
      await jetstreamManager(client.nats.connection)
    ).consumers.info(EVENT_STREAM, test);
    return { num_ack_pending, num_pending };
  };
  const DONE = { num_ack_pending: 0, num_pending: 0 };

  it('has caught up when all is handled that was on its way to the stream', async () => {
    let handled = 0;
    const consumer = consume('current', (batch) => Promise.resolve(void (handled += batch.length)));
    const event = JSON.stringify(client.bus.envelop('proj_1', { n: 1 }));
    await eventually(() => consumerState('current'));
    for (const count of [1, 2_000]) {
      handled = 0;
      for (let n = 0; n < count; n += 1) client.nats.connection.publish(subjectOf('current').subject, event);
      expect(await consumer.caughtUp(20_000)).toBe(true);
      expect(handled).toBe(count);
    }
    // Nor does it wait for what was removed.
    const { streams } = await jetstreamManager(client.nats.connection);
    client.nats.connection.publish(subjectOf('removed').subject, event);
    await streams.purge(EVENT_STREAM, { filter: subjectOf('removed').subject });
    expect(await consumer.caughtUp(5_000)).toBe(true);
  });

  it('hands over all events in batches, those from before its start too, and acknowledges them', async () => {
    const batches: string[][] = [];
    const ids = await publish('batches', 25);
    consume('batches', (batch) => Promise.resolve(void batches.push(batch.map(idOf))));
    await eventually(() => expect(batches.flat()).toHaveLength(25));
    ids.push(...(await publish('batches', 7)));
    await eventually(() => expect(new Set(batches.flat())).toEqual(new Set(ids)));
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(10);
    await eventually(async () => expect(await consumerState('batches')).toEqual(DONE));
  });

  it('leaves what follows the first of a batch in the stream, and takes it together', async () => {
    const batches: string[][] = [];
    const handle = (batch: JsMsg[]) => Promise.resolve(void batches.push(batch.map(idOf)));
    consume('gathered', handle, { maxWaitMs: 1_000 });
    const ids = await publish('gathered', 5);
    await eventually(async () =>
      expect(await consumerState('gathered')).toEqual({ num_ack_pending: 1, num_pending: 4 }),
    );
    await eventually(() => expect(batches).toEqual([ids]));
    await eventually(async () => expect(await consumerState('gathered')).toEqual(DONE));
  });

  it('works on one batch at a time', async () => {
    let working = 0;
    let most = 0;
    let handled = 0;
    await publish('turns', 30);
    consume(
      'turns',
      async (batch) => {
        working += 1;
        most = Math.max(most, working);
        await new Promise(setImmediate);
        working -= 1;
        handled += batch.length;
      },
      { batchSize: 4, maxWaitMs: 1 },
    );
    await eventually(() => expect(handled).toBe(30));
    expect(most).toBe(1);
  });

  it('hands a batch over again when its handler threw', async () => {
    const kept = new Set<string>();
    let failures = 1;
    consume('failures', (batch) => {
      if (failures-- > 0) return Promise.reject(new Error('the table is locked'));
      batch.map(idOf).forEach((id) => kept.add(id));
      return Promise.resolve();
    });
    const ids = await publish('failures', 3);
    await eventually(() => expect(kept).toEqual(new Set(ids)));
    expect(client.lines).toContainEqual(
      expect.objectContaining({ msg: expect.stringContaining('redelivered') }),
    );
    await eventually(async () => expect(await consumerState('failures')).toEqual(DONE));
  });

  it('sets an event aside that fails again and again, and holds up none of the others for it', async () => {
    const handled: string[] = [];
    const aside: FailedEvent[] = [];
    const ids = await publish('poison', 12);
    const bad = ids[4]!;
    consume(
      'poison',
      (batch) => {
        if (batch.some((message) => idOf(message) === bad))
          return Promise.reject(new TypeError('no such field'));
        return Promise.resolve(void handled.push(...batch.map(idOf)));
      },
      {
        setAside: (event) => Promise.resolve(void aside.push(event)),
        patience: { attempts: 3, firstDelayMs: 300 },
      },
    );
    const others = ids.filter((id) => id !== bad);
    await eventually(() => expect(new Set(handled)).toEqual(new Set(others)));
    // It has not been given up by then.
    expect(aside).toEqual([]);
    await eventually(() => expect(aside).toHaveLength(1));
    expect(aside[0]).toMatchObject({
      subject: subjectOf('poison').subject,
      reason: 'no such field',
      body: expect.stringContaining(bad),
    });
    await eventually(async () => expect(await consumerState('poison')).toEqual(DONE));
  });

  it('sets nothing aside while something is away, however often it fails', async () => {
    const handled: string[] = [];
    const aside: FailedEvent[] = [];
    let failures = 0;
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    consume(
      'away',
      (batch) => {
        failures += 1;
        return failures <= 4 ? Promise.reject(away) : Promise.resolve(void handled.push(...batch.map(idOf)));
      },
      {
        setAside: (event) => Promise.resolve(void aside.push(event)),
        patience: { attempts: 2, firstDelayMs: 1 },
      },
    );
    const ids = await publish('away', 1);
    await eventually(() => expect(handled).toEqual(ids), { timeout: 10_000 });
    expect(aside).toEqual([]);
  });

  it('shares the events with another replica of the same name', async () => {
    const heard: string[][] = [[], []];
    for (const own of heard)
      consume('shared', (batch) => Promise.resolve(void own.push(...batch.map(idOf))), { batchSize: 1 });
    // A replica that asked first may be given the first handful; over many both get some.
    await eventually(async () => {
      await publish('shared', 5);
      for (const own of heard) expect(own.length).toBeGreaterThan(0);
    });
    await eventually(async () => expect(await consumerState('shared')).toEqual(DONE));
    const all = heard.flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it('finishes the batch at hand before it stops', async () => {
    const held = gate();
    const handled: string[] = [];
    let taken = 0;
    const consumer = consume('stop', async (batch) => {
      taken += batch.length;
      await held.opened;
      handled.push(...batch.map(idOf));
    });
    const ids = await publish('stop', 10);
    await eventually(() => expect(taken).toBeGreaterThan(0));
    let stopped = false;
    const stopping = consumer.stop().then(() => (stopped = true));
    await new Promise(setImmediate);
    expect(stopped).toBe(false);
    held.open();
    await stopping;
    expect(handled.length).toBe(taken);
    const { num_ack_pending, num_pending } = await consumerState('stop');
    expect(handled.length + num_ack_pending + num_pending).toBe(ids.length);
  });

  it('goes on after NATS was stopped and started again', async () => {
    const heard = new Set<string>();
    consume('outage', (batch) => Promise.resolve(batch.map(idOf).forEach((id) => heard.add(id))));
    const before = await publish('outage', 2);
    await eventually(() => expect(heard).toEqual(new Set(before)));
    await nats.stop();
    await eventually(() => expect(client.nats.connected).toBe(false));
    await nats.start();
    const after = await eventually(() => publish('outage', 2));
    await eventually(() => expect([...heard]).toEqual(expect.arrayContaining(after)));
  });

  it('makes the stream again when it was deleted, and goes on', async () => {
    const heard = new Set<string>();
    consume('deletion', (batch) => Promise.resolve(batch.map(idOf).forEach((id) => heard.add(id))));
    const before = await publish('deletion', 1);
    await eventually(() => expect(heard).toEqual(new Set(before)));
    await (await jetstreamManager(client.nats.connection)).streams.delete(EVENT_STREAM);
    const after = await eventually(() => publish('deletion', 1), { timeout: 20_000 });
    await eventually(() => expect([...heard]).toEqual(expect.arrayContaining(after)));
  });
});
