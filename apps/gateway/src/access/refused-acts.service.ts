import { Inject, Injectable } from '@nestjs/common';
import { gatewayAudited, type Principal } from '@patchbay/contracts';
import { auditEntry, Bus, currentContext, LOGGER, ORGANISATION, type Logger } from '@patchbay/service';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

/** The same key at the same route is told of once in that time: whoever tries on and on must not fill the record. */
const TOLD = { max: 10_000, ttl: 60_000 };

/** Tells the audit what a good key asked for and was refused. */
@Injectable()
export class RefusedActs {
  private readonly told = new LRUCache<string, true>(TOLD);

  constructor(
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Nobody waits for it: the refusal stands, whether or not it can be told. */
  record({ method, routeOptions }: FastifyRequest, principal: Principal, reason: string): void {
    const route = `${method} ${routeOptions.url}`;
    const key = `${principal.keyId} ${route}`;
    if (this.told.has(key)) return;
    this.told.set(key, true);
    const projectId = principal.kind === 'project' ? principal.projectId : null;
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
        'a refusal is not on the audit',
      );
    });
  }
}
