import { Inject, Injectable } from '@nestjs/common';
import { triggerEventsStored } from '@patchbay/contracts';
import { AfterCommit } from '@patchbay/database';
import { Bus, LOGGER, type Logger } from '@patchbay/service';
import type { EntityManager } from 'typeorm';

/** Events that come so soon after another are told together. */
const GATHER_MS = 10;
const MAX_IDS = 1_000;

/** Tells the gateways what there is to read, once it is stored. */
@Injectable()
export class EventAnnouncer {
  private readonly gathered = new Map<string, string[]>();

  constructor(
    private readonly afterCommit: AfterCommit,
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  announce(manager: EntityManager, projectId: string, ids: readonly string[]): void {
    this.afterCommit.do(manager, () => {
      const others = this.gathered.get(projectId);
      if (others) others.push(...ids);
      else {
        this.gathered.set(projectId, [...ids]);
        setTimeout(() => this.tell(projectId), GATHER_MS);
      }
    });
  }

  private tell(projectId: string): void {
    const ids = this.gathered.get(projectId) ?? [];
    this.gathered.delete(projectId);
    try {
      this.bus.signal(triggerEventsStored, { projectId, ids: ids.slice(0, MAX_IDS) });
    } catch (error) {
      // Whoever reads goes on from the last event that he knows, also after NATS is back.
      this.logger.warn({ err: error, projectId }, 'events could not be announced');
    }
  }
}
