import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, newId } from '@patchbay/contracts';
import { Bus, createLogger, NatsClient } from '@patchbay/service';
import { eventually, startNats } from '@patchbay/testing';
import { z } from 'zod';
import { LimitSharing } from './limit-sharing.service.js';
import { RateLimits } from './rate-limits.service.js';
import { limitSettings } from './limits.table.js';
import { WindowCounter } from './window.counter.js';

/** An hour: no window ends within a test. */
const WINDOW_MS = 3_600_000;
const logger = createLogger('gateway', 'silent');
const config = (over: Record<string, number>) =>
  z.object(limitSettings).parse({ PATCHBAY_LIMIT_WINDOW_SECONDS: WINDOW_MS / 1_000, ...over });

describe('RateLimits', () => {
  it('lets as much through as the setting says, and tells how long to wait', async () => {
    const limits = new RateLimits(config({ PATCHBAY_LIMIT_PROJECT: 2 }));
    expect(await limits.consume('project', 'a')).toMatchObject({ most: 2, used: 1 });
    await limits.consume('project', 'a');
    const refused: unknown = await limits.consume('project', 'a').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject({ code: 'rate_limited', retryable: true });
    const { retryAfter = 0 } = refused as AppError;
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(WINDOW_MS / 1_000);
    expect(await limits.consume('project', 'b')).toMatchObject({ used: 1 });
  });

  it('counts nothing for a limit that is off', async () => {
    const limits = new RateLimits(config({ PATCHBAY_LIMIT_PROJECT: 0 }));
    for (let times = 0; times < 100; times += 1) {
      expect(await limits.consume('project', 'a')).toBeUndefined();
    }
  });

  it('keeps so many keys apart and no more, however long they are', () => {
    const counting = new WindowCounter(10, WINDOW_MS);
    expect(counting.bucketOf('x'.repeat(10_000)).length).toBeLessThan(100);
    const buckets = new Set<string>();
    for (let key = 0; key < 60_000; key += 1) buckets.add(counting.bucketOf(`key ${key}`));
    expect(buckets.size).toBeLessThan(52_000);
    // Who was there before keeps a count of their own.
    expect(counting.bucketOf('key 1')).toBe('key 1');
  });

  it('tells what is nearest to its limit first, and the rest later', async () => {
    const limits = new RateLimits(config({ PATCHBAY_LIMIT_PROJECT: 100 }));
    for (let key = 0; key < 10; key += 1) await limits.consume('project', `quiet ${key}`);
    await limits.consume('project', 'busy', 50);
    expect(limits.takeUnshared(3).spent[0]).toEqual({ name: 'project', bucket: 'busy', points: 50 });
    expect(limits.takeUnshared(100).spent).toHaveLength(8);
    expect(limits.takeUnshared(100).spent).toEqual([]);
  });

  it('adds nothing of a window that is over', async () => {
    const limits = new RateLimits(config({ PATCHBAY_LIMIT_PROJECT: 10 }));
    const window = WindowCounter.windowAt(Date.now(), WINDOW_MS);
    await limits.addFromReplica(window - 1, [['project', 'a', 9]]);
    await limits.addFromReplica(window, [['project', 'a', 3]]);
    await limits.addFromReplica(window, [['unheard-of', 'a', 3]]);
    expect(await limits.peek('project', 'a')).toMatchObject({ used: 3 });
  });
});

describe('replicas', () => {
  let server: Awaited<ReturnType<typeof startNats>>;
  const clients: NatsClient[] = [];
  beforeAll(async () => {
    server = await startNats();
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await server?.stop();
  });

  async function replica(most: number) {
    const nats = await NatsClient.connect('gateway', { NATS_URL: server.url }, logger);
    clients.push(nats);
    const limits = new RateLimits(config({ PATCHBAY_LIMIT_PROJECT: most }));
    const sharing = new LimitSharing(limits, new Bus(nats, logger), nats);
    await nats.subscribe('signals.gateway.limits.spend', (_, signal) => {
      void sharing.onSpent(signal as Parameters<LimitSharing['onSpent']>[0]);
    });
    const passes = (key: string) =>
      limits.consume('project', key).then(
        () => 1,
        () => 0,
      );
    return { limits, sharing, passes, nats };
  }

  it('let through about the limit together, and not each of them', async () => {
    const most = 200;
    const all = [await replica(most), await replica(most), await replica(most)];
    for (const { sharing } of all) sharing.onModuleInit();
    const key = newId('project');
    const round = 25;
    let asked = 0;
    let passed = 0;
    try {
      // Twice the limit, and after each round until all have heard of it: alone each of them would let through 150.
      while (asked < 2 * most) {
        for (const { passes } of all) for (let one = 0; one < round; one += 1) passed += await passes(key);
        asked += all.length * round;
        const heard = Math.min(asked, most);
        await eventually(async () => {
          for (const { limits } of all) {
            expect((await limits.peek('project', key))?.used).toBeGreaterThanOrEqual(heard);
          }
        });
      }
      expect(passed).toBeGreaterThanOrEqual(most);
      // At most one round of the others comes before it is heard of.
      expect(passed).toBeLessThanOrEqual(most + (all.length - 1) * round);
    } finally {
      for (const { sharing } of all) sharing.onModuleDestroy();
    }
  });

  it('count alone without NATS, and tell the others when it is back', async () => {
    const [one, other] = [await replica(50), await replica(50)];
    const key = newId('project');
    await server.process.stop();
    await eventually(() => expect(one.nats.connected).toBe(false));
    for (let times = 0; times < 20; times += 1) expect(await one.passes(key)).toBe(1);
    one.sharing.share();
    await server.process.start();
    // Who is not there yet when it is told has missed it.
    await eventually(() => expect([one, other].map(({ nats }) => nats.connected)).toEqual([true, true]));
    await other.nats.connection.flush();
    await eventually(async () => {
      one.sharing.share();
      expect(await other.limits.peek('project', key)).toMatchObject({ used: 20 });
    });
  });
});
