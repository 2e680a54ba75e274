import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, type ErrorCode } from '@patchbay/contracts';
import { NatsClient, refusals } from '@patchbay/service';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { tooManyAtOnce } from './limit-reached.js';
import { Limits } from './limits.service.js';
import type { LimitName } from './limits.table.js';

/** A secret that was refused is not asked for again so soon: a loop with a wrong key costs nobody anything. */
const REFUSED = { max: 20_000, ttl: 5_000 };
/** Secrets that were good once: their holders are never held back by others at their address. */
const KNOWN = { max: 50_000, ttl: 24 * 60 * 60_000 };
/** How many unknown secrets a second are still looked up for an address that is over its limit. */
const SLOW_LANE = { points: 10, duration: 1 };

export interface Attempt {
  /** Which limit the refusals count against. */
  limit: Extract<LimitName, 'failures' | 'guesses' | 'codes'>;
  address: string;
  /** What was brought: a key, a token, a code. It is remembered by its hash only. */
  secret: string;
  /** The errors that mean: it was the wrong one. */
  refusal: ErrorCode;
}

/**
 * Looks secrets up for whoever brings them, and holds back addresses that bring wrong ones. Over the limit an address
 * gets 429 for what is wrong, and for most of what is unknown; what is known to be good goes on as ever, since
 * behind one address there may be many.
 */
@Injectable()
export class Attempts {
  private readonly refused = new LRUCache<string, AppError>(REFUSED);
  private readonly known = new LRUCache<string, true>(KNOWN);
  private readonly lane = new RateLimiterMemory(SLOW_LANE);

  constructor(
    private readonly limits: Limits,
    nats: NatsClient,
  ) {
    // What was refused during an outage of events may be good by now.
    nats.onReturn(() => this.refused.clear());
  }

  /**
   * @param look answers for the secret, or throws
   * @throws what `look` threw; AppError `rate_limited` in its place over the limit
   */
  async look<T>(attempt: Attempt, look: (sha256: string) => Promise<T>): Promise<T> {
    const { limit, address, secret, refusal } = attempt;
    const sha256 = createHash('sha256').update(secret).digest('hex');
    const key = `${limit} ${sha256}`;
    if (!this.known.has(key)) {
      const before = this.refused.get(key);
      // Counted apart, by how it begins: one misconfigured client is no guesser.
      if (before) return this.fail(limit, `${address} ${secret.slice(0, 8)}`, before);
      await this.requireRoom(limit, address);
    }
    try {
      const found = await look(sha256);
      this.known.set(key, true);
      return found;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== refusal) throw error;
      this.known.delete(key);
      this.refused.set(key, error);
      return this.fail(limit, address, error);
    }
  }

  private async fail(limit: LimitName, key: string, error: AppError): Promise<never> {
    await this.limits.spend(limit, key);
    throw error;
  }

  private async requireRoom(limit: LimitName, address: string): Promise<void> {
    const standing = await this.limits.look(limit, address);
    if (!standing || standing.used < standing.most) return;
    try {
      await this.lane.consume(address);
    } catch {
      refusals.inc({ limit });
      throw tooManyAtOnce('Too many keys or tokens were tried from this address that nobody has.');
    }
  }
}
