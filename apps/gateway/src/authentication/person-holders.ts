import { AppError, type KeyHolder } from '@patchbay/contracts';
import { EventCache, type NatsClient } from '@patchbay/service';
import { sha256Of } from './credential-headers.js';

const CACHE = { max: 10_000, ttlMs: 30_000 };

/** Remembers by its hash whose a secret of people is, and lets none outlive its end. */
export class PersonHolders {
  private readonly holders: EventCache<KeyHolder>;

  /**
   * @param load asks whose it is
   * @param ended the words for one whose time has come
   */
  constructor(
    nats: NatsClient,
    load: (sha256: string) => Promise<KeyHolder>,
    private readonly ended: string,
  ) {
    this.holders = new EventCache(nats, { ...CACHE, load });
  }

  verify(secret: string): Promise<KeyHolder> {
    return this.verifyHash(sha256Of(secret));
  }

  /** @throws AppError `unauthenticated` */
  async verifyHash(sha256: string): Promise<KeyHolder> {
    const holder = await this.holders.get(sha256);
    if (holder.expiresAt === null || holder.expiresAt > new Date().toISOString()) return holder;
    throw new AppError('unauthenticated', this.ended);
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
