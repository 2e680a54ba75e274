import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, type ErrorCode } from '@patchbay/contracts';
import { NatsClient, refusals } from '@patchbay/service';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { tooManyAtOnce } from './limit-reached.js';
import { RateLimits } from './rate-limits.service.js';
import type { LimitName } from './limits.table.js';

/** A refused secret is not looked up again so soon: a loop with a wrong key costs nothing. */
const REFUSED = { max: 20_000, ttl: 5_000 };
/** Secrets that were good once: their holders are never held back by others at their address. */
const KNOWN = { max: 50_000, ttl: 24 * 60 * 60_000 };
/** How many unknown secrets a second are still looked up for an address that is over its limit. */
const SLOW_LANE = { points: 10, duration: 1 };

export interface Attempt {
  /** Which limit the refusals count against. */
  limit: Extract<LimitName, 'failures' | 'guesses' | 'codes'>;
  address: string;
  /** A key, a token or a code. It is remembered by its hash only. */
  secret: string;
  /** The error that means that the secret is wrong. */
  refusal: ErrorCode;
}

/**
 * Looks secrets up, and throttles addresses that send wrong ones. Over the limit an address gets 429 for wrong secrets,
 * and for most of the unknown ones; known good ones are not affected, since many clients may share one address.
 */
@Injectable()
export class Attempts {
  private readonly refused = new LRUCache<string, AppError>(REFUSED);
  private readonly known = new LRUCache<string, true>(KNOWN);
  private readonly lane = new RateLimiterMemory(SLOW_LANE);

  constructor(
    private readonly limits: RateLimits,
    nats: NatsClient,
  ) {
    // What was refused before an outage may be valid by now, and the event that says so was missed.
    nats.onReturn(() => this.refused.clear());
  }

  /**
   * @param lookUp resolves to what the secret stands for, or throws
   * @throws what `lookUp` threw; over the limit AppError `rate_limited` instead
   */
  async verify<T>(attempt: Attempt, lookUp: (sha256: string) => Promise<T>): Promise<T> {
    const { limit, address, secret, refusal } = attempt;
    const sha256 = hash('sha256', secret);
    const key = `${limit} ${sha256}`;
    if (!this.known.has(key)) {
      const before = this.refused.get(key);
      // Counted apart, by how it begins: one misconfigured client is no guesser.
      if (before) return this.fail(limit, `${address} ${secret.slice(0, 8)}`, before);
      await this.throttle(limit, address);
    }
    try {
      const found = await lookUp(sha256);
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
    await this.limits.consume(limit, key);
    throw error;
  }

  private async throttle(limit: LimitName, address: string): Promise<void> {
    const state = await this.limits.peek(limit, address);
    if (!state || state.used < state.most) return;
    try {
      await this.lane.consume(address);
    } catch {
      refusals.inc({ limit });
      throw tooManyAtOnce('Too many unknown keys or tokens were sent from this address.');
    }
  }
}
