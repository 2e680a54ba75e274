import { Injectable } from '@nestjs/common';
import {
  AppError,
  DEAD_LETTER_SERVICES,
  discardDeadLetter,
  gatewayAudited,
  listDeadLetters,
  resendDeadLetter,
  type DeadLetter,
  type DeadLetterService,
} from '@patchbay/contracts';
import { auditEntry, Bus, ORGANISATION } from '@patchbay/service';

/** Asks each service for its dead letters: they are kept by the service that could not send or handle them. */
@Injectable()
export class DeadLettersService {
  constructor(private readonly bus: Bus) {}

  /** How many each service has; null of one that does not answer. */
  async count() {
    const counts = await Promise.all(
      DEAD_LETTER_SERVICES.map(async (service) => {
        const total = await this.bus.request(listDeadLetters(service), { limit: 1 }).then(
          (page) => page.total,
          (error: unknown) => {
            if (error instanceof AppError && error.code === 'unavailable') return null;
            throw error;
          },
        );
        return { service, total };
      }),
    );
    return { items: counts };
  }

  async list(service: DeadLetterService, page: { limit: number; cursor?: string | undefined }) {
    const { items, total, nextCursor } = await this.bus.request(listDeadLetters(service), page);
    return { items: items.map(toWire), total_items: total, next_cursor: nextCursor };
  }

  async resend(service: DeadLetterService, id: string): Promise<{ id: string }> {
    const done = await this.bus.request(resendDeadLetter(service), { id });
    await this.record('dead_letter.resent', service, id);
    return done;
  }

  async discard(service: DeadLetterService, id: string): Promise<{ id: string }> {
    const done = await this.bus.request(discardDeadLetter(service), { id });
    await this.record('dead_letter.discarded', service, id);
    return done;
  }

  /** Recorded by the gateway: a service's dead letters are just the events that it could not publish. */
  private record(
    action: 'dead_letter.resent' | 'dead_letter.discarded',
    service: DeadLetterService,
    id: string,
  ): Promise<void> {
    const target = { type: 'dead_letter', id: `${service}/${id}` } as const;
    const entry = auditEntry({ action, projectId: null, target });
    return this.bus.publish(gatewayAudited, this.bus.envelop(ORGANISATION, entry));
  }
}

function toWire({ eventId, isWhole, setAsideAt, ...letter }: DeadLetter) {
  return { ...letter, event_id: eventId, can_be_resent: isWhole, set_aside_at: setAsideAt };
}
