import { Inject, Injectable } from '@nestjs/common';
import { gatewayAudited } from '@patchbay/contracts';
import { auditEntry, Bus, currentContext, LOGGER, ORGANISATION, type Logger } from '@patchbay/service';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

/** The same key at the same route is recorded once in that time: a loop must not fill the audit log. */
const RECENT = { max: 10_000, ttl: 60_000 };

/** Records in the audit log what a valid key was refused. */
@Injectable()
export class RefusalAudit {
  private readonly recent = new LRUCache<string, true>(RECENT);

  constructor(
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** In the background: the refusal stands, whether or not it can be recorded. */
  record(
    { method, routeOptions }: FastifyRequest,
    { keyId, projectId }: { keyId: string; projectId: string | null },
    reason: string,
  ): void {
    const route = `${method} ${routeOptions.url}`;
    const key = `${keyId} ${projectId} ${route}`;
    if (this.recent.has(key)) return;
    this.recent.set(key, true);
    const entry = auditEntry({
      action: 'request.refused',
      projectId,
      target: { type: 'route', id: route },
      outcome: 'refused',
      reason,
    });
    const event = this.bus.envelop(projectId ?? ORGANISATION, entry);
    this.bus.publish(gatewayAudited, event).catch((error: unknown) => {
      this.logger.warn(
        { err: error, requestId: currentContext()?.requestId },
        'a refusal could not be recorded in the audit log',
      );
    });
  }
}
