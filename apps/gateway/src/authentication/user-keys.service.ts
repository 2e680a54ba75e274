import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, verifyUserKey, type KeyHolder } from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';

const CACHE = { max: 10_000, ttlMs: 30_000 };

/** Whose a person's key is. Remembers by the key's hash, and lets no key outlive its end. */
@Injectable()
export class UserKeysService {
  private readonly holders: EventCache<KeyHolder>;

  constructor(bus: Bus, nats: NatsClient) {
    this.holders = new EventCache(nats, {
      ...CACHE,
      load: (sha256) => bus.request(verifyUserKey, { sha256 }),
    });
  }

  verify(key: string): Promise<KeyHolder> {
    return this.verifyHash(createHash('sha256').update(key).digest('hex'));
  }

  /** @throws AppError `unauthenticated` */
  async verifyHash(sha256: string): Promise<KeyHolder> {
    const holder = await this.holders.get(sha256);
    if (holder.expiresAt === null || holder.expiresAt > new Date().toISOString()) return holder;
    throw new AppError('unauthenticated', 'This user key has expired.');
  }

  forget(sha256: string): void {
    this.holders.drop(sha256);
  }

  forgetPerson(personId: string): void {
    this.holders.dropWhere(({ person }) => person.id === personId);
  }

  /** Of those whom a project was home to. */
  forgetProject(projectId: string): void {
    this.holders.dropWhere(({ homeProjectId }) => homeProjectId === projectId);
  }
}
