import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, verifyMcpToken, type McpAccess } from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';

const CACHE = { max: 50_000, ttlMs: 30_000 };

/** What an access token is good for. Remembers by the token's hash. */
@Injectable()
export class McpTokensService {
  private readonly tokens: EventCache<McpAccess>;

  constructor(bus: Bus, nats: NatsClient) {
    this.tokens = new EventCache(nats, {
      ...CACHE,
      load: (sha256) => bus.request(verifyMcpToken, { sha256 }),
    });
  }

  verify(token: string): Promise<McpAccess> {
    return this.verifyHash(createHash('sha256').update(token).digest('hex'));
  }

  /** @throws AppError `unauthenticated` */
  async verifyHash(sha256: string): Promise<McpAccess> {
    const access = await this.tokens.get(sha256);
    if (access.expiresAt > new Date().toISOString()) return access;
    throw new AppError('unauthenticated', 'This access token has expired.');
  }

  forget(grantIds: readonly string[]): void {
    this.tokens.dropWhere(({ grantId }) => grantIds.includes(grantId));
  }

  forgetProject(projectId: string): void {
    this.tokens.dropWhere((access) => access.projectId === projectId);
  }
}
