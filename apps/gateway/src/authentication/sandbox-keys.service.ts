import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { verifySandboxKey, type OutputOf } from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';

/** A key ends with its sandbox; for this long it may still be accepted after that. */
const CACHE = { max: 10_000, ttlMs: 5_000 };

/** The session and sandbox of a key. */
@Injectable()
export class SandboxKeys {
  private readonly holders: EventCache<OutputOf<typeof verifySandboxKey>>;

  constructor(bus: Bus, nats: NatsClient) {
    this.holders = new EventCache(nats, {
      ...CACHE,
      load: (sha256) => bus.request(verifySandboxKey, { sha256 }),
    });
  }

  verify(key: string): Promise<OutputOf<typeof verifySandboxKey>> {
    return this.verifyHash(createHash('sha256').update(key).digest('hex'));
  }

  /** @throws AppError `unauthenticated` */
  verifyHash(sha256: string): Promise<OutputOf<typeof verifySandboxKey>> {
    return this.holders.get(sha256);
  }
}
