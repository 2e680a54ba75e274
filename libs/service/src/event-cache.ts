import { LRUCache } from 'lru-cache';
import { runWithDeadline } from './context.js';
import type { NatsClient } from './nats/nats.client.js';

export interface EventCacheOptions<V> {
  /** Entries kept at most; the least recently used one goes first. */
  max: number;
  /** Life of an entry in milliseconds: how stale it can get if the event that drops it is missed. */
  ttlMs: number;
  load: (key: string) => Promise<V>;
}

const LOAD_LIMIT_MS = 10_000;

/**
 * What a service remembers of another's data, so that a warm request needs no question: bounded,
 * short-lived, and dropped at once by the event that changes it. A load that is under way when its key
 * is dropped is answered but not kept, as it may have read the old value. Failures are not kept.
 */
export class EventCache<V extends object> {
  private readonly entries: LRUCache<string, V>;

  constructor(nats: NatsClient, options: EventCacheOptions<V>) {
    this.entries = new LRUCache<string, V>({
      max: options.max,
      ttl: options.ttlMs,
      fetchMethod: (key) => inOwnContext(() => options.load(key)),
      ignoreFetchAbort: true,
    });
    nats.onReturn(() => this.entries.clear());
  }

  async get(key: string): Promise<V> {
    const value = await this.entries.fetch(key);
    if (value === undefined) throw new Error('The loader answered nothing');
    return value;
  }

  drop(key: string): void {
    this.entries.delete(key);
  }

  /** Drops what has been loaded and matches; for events that name no key of the cache. */
  dropWhere(matches: (value: V) => boolean): void {
    for (const [key, value] of this.entries.entries()) if (matches(value)) this.entries.delete(key);
  }
}

/** Several may wait for one load: it must not end with the deadline of the first caller. */
function inOwnContext<T>(load: () => Promise<T>): Promise<T> {
  return runWithDeadline(Date.now() + LOAD_LIMIT_MS, load);
}
