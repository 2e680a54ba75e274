import { LRUCache } from 'lru-cache';

/** Counts the requests of each address in windows of a minute; of so many addresses that memory stays small. */
export class RequestLimiter {
  private readonly counts = new LRUCache<string, { count: number; until: number }>({ max: 10_000 });

  constructor(
    private readonly most: number,
    private readonly windowMs = 60_000,
  ) {}

  /** @returns the milliseconds to wait for, 0 when the request may be made */
  take(address: string, now = Date.now()): number {
    const found = this.counts.get(address);
    const window = found && found.until > now ? found : { count: 0, until: now + this.windowMs };
    window.count += 1;
    this.counts.set(address, window);
    return window.count > this.most ? window.until - now : 0;
  }
}
