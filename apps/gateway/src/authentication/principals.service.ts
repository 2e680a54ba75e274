import { Injectable } from '@nestjs/common';
import { verifyApiKey, type Principal } from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';
import { sha256Of } from './credential-headers.js';

const CACHE = { max: 10_000, ttlMs: 30_000 };

/** The principal of a key. Cached by the key's hash, so that this process keeps no keys in memory. */
@Injectable()
export class PrincipalsService {
  private readonly principals: EventCache<Principal>;

  constructor(bus: Bus, nats: NatsClient) {
    this.principals = new EventCache(nats, {
      ...CACHE,
      load: (sha256) => bus.request(verifyApiKey, { sha256 }),
    });
  }

  verify(key: string): Promise<Principal> {
    return this.verifyHash(sha256Of(key));
  }

  /** @throws AppError `unauthenticated` */
  verifyHash(sha256: string): Promise<Principal> {
    return this.principals.get(sha256);
  }

  forget(sha256: string): void {
    this.principals.drop(sha256);
  }

  forgetProject(projectId: string): void {
    this.principals.dropWhere(
      (principal) => principal.kind === 'project' && principal.projectId === projectId,
    );
  }
}
