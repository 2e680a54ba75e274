import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startNats } from '@patchbay/testing';
import { gate } from '../test/gate.js';
import { connectCaller } from '../test/running-service.js';
import { EventCache, type EventCacheOptions } from './event-cache.js';

interface Value {
  key: string;
  version: number;
}

describe('EventCache', () => {
  let nats: Awaited<ReturnType<typeof startNats>>;
  let client: Awaited<ReturnType<typeof connectCaller>>;
  /** The truth that is cached, and how often it was asked for. */
  let version: number;
  let loads: number;

  beforeAll(async () => {
    nats = await startNats();
    client = await connectCaller(nats.url);
  });

  afterAll(async () => {
    await client?.close();
    await nats?.stop();
  });

  beforeEach(() => {
    version = 1;
    loads = 0;
  });

  const cacheOf = (options: Partial<EventCacheOptions<Value>> = {}) =>
    new EventCache<Value>(client.nats, {
      max: 2,
      ttlMs: 60_000,
      load: (key) => {
        loads += 1;
        return Promise.resolve({ key, version });
      },
      ...options,
    });

  /** A cache whose loads read at once but answer when the gate opens. */
  const slowCache = () => {
    const answer = gate();
    const load = async (key: string) => {
      loads += 1;
      const read = { key, version };
      await answer.opened;
      return read;
    };
    return { cache: cacheOf({ load }), answer };
  };

  it('loads once for all who ask at the same time, and not again after', async () => {
    const { cache, answer } = slowCache();
    const asked = [cache.get('a'), cache.get('a'), cache.get('a')];
    answer.open();
    for (const value of await Promise.all(asked)) expect(value).toEqual({ key: 'a', version: 1 });
    await cache.get('a');
    expect(loads).toBe(1);
  });

  it('tells all who asked of a failed load, and keeps nothing of it', async () => {
    let away = true;
    const cache = cacheOf({
      load: (key) => (away ? Promise.reject(new Error('away')) : Promise.resolve({ key, version })),
    });
    const asked = [cache.get('a'), cache.get('a')];
    for (const one of asked) await expect(one).rejects.toThrow('away');
    away = false;
    await expect(cache.get('a')).resolves.toEqual({ key: 'a', version: 1 });
  });

  it('keeps nothing of a failed load that was to replace an old value', async () => {
    let away = false;
    const cache = cacheOf({
      ttlMs: 20,
      load: (key) => (away ? Promise.reject(new Error('away')) : Promise.resolve({ key, version })),
    });
    await cache.get('a');
    away = true;
    await eventually(() => expect(cache.get('a')).rejects.toThrow('away'), { interval: 10 });
  });

  it('loads again after a drop', async () => {
    const cache = cacheOf();
    await cache.get('a');
    version = 2;
    cache.drop('a');
    await expect(cache.get('a')).resolves.toEqual({ key: 'a', version: 2 });
  });

  it('answers a value that is dropped while it loads, but does not keep it', async () => {
    const { cache, answer } = slowCache();
    const asked = cache.get('a');
    version = 2;
    cache.drop('a');
    const askedAfter = cache.get('a');
    answer.open();
    await expect(asked).resolves.toEqual({ key: 'a', version: 1 });
    await expect(askedAfter).resolves.toEqual({ key: 'a', version: 2 });
    await expect(cache.get('a')).resolves.toEqual({ key: 'a', version: 2 });
  });

  it('forgets a value when its time is over', async () => {
    const cache = cacheOf({ ttlMs: 50 });
    await cache.get('a');
    version = 2;
    await eventually(() => expect(cache.get('a')).resolves.toEqual({ key: 'a', version: 2 }), {
      interval: 10,
    });
  });

  it('keeps no more than it may, and of these the ones asked for last', async () => {
    const cache = cacheOf({ max: 2 });
    for (const key of ['a', 'b', 'a', 'c']) await cache.get(key);
    expect(loads).toBe(3);
    await cache.get('a');
    expect(loads).toBe(3);
    await cache.get('b');
    expect(loads).toBe(4);
  });
});
