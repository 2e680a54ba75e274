import type { BeforeApplicationShutdown, FactoryProvider } from '@nestjs/common';
import {
  clipText,
  newId,
  readJson,
  writeJson,
  type CallFinished,
  type CallStarted,
  type EventContract,
  type RawJson,
} from '@patchbay/contracts';
import type { z } from 'zod';
import { Bus } from '../bus.js';
import { currentContext, traceIdOf } from '../context.js';
import type { Logger } from '../logger.js';
import { MessageTooLarge } from '../nats/limits.js';
import { NatsClient } from '../nats/nats.client.js';
import { beforeScrape, counter, gauge, histogram } from '../telemetry/metrics.js';
import { LOGGER } from '../tokens.js';
import { shortEnd, UnpublishedEnds, type CallEndEvent } from './unpublished-ends.js';

export type CallDescription = Omit<
  CallStarted,
  'logId' | 'startedAt' | 'requestId' | 'traceId' | 'sandboxId'
> & { sandboxId?: string | null } & Privacy;
export type CallEnd = Pick<CallFinished, 'status' | 'connectionId' | 'error'> & {
  authConfigId?: string | null;
  data: CallFinished['data'] | RawJson;
} & Privacy;

interface Privacy {
  /** False where the project keeps no arguments and answers: not even the stream holds them then. */
  storePayloads: boolean;
}

/** What a service decides for the record of its calls. */
export interface RecordPolicy {
  started: EventContract<z.ZodType<CallStarted>>;
  finished: EventContract<z.ZodType<CallFinished>>;
  /** Takes out of a payload's JSON what is kept nowhere. */
  redact: (json: string) => string;
  /** Characters that are kept of each at most. */
  sizes: { payload: number; beginning: number; error: number };
}

const RETRY_MS = 1_000;
const SENT_AT_ONCE = 100;

const callDurations = histogram({
  name: 'patchbay_tool_call_duration_seconds',
  help: 'Calls of tools, from their start on the record to their end.',
  labelNames: ['toolkit', 'status'],
});
const waitingEnds = gauge({
  name: 'patchbay_call_ends_waiting',
  help: 'Ends of calls that wait for the event stream.',
});
const shortenedEnds = counter({
  name: 'patchbay_call_ends_shortened_total',
  help: 'Ends of calls that were too large for a message, and are on the record without what the calls gave.',
});
const lostEnds = counter({
  name: 'patchbay_call_ends_lost_total',
  help: 'Ends of calls that were given up because too many waited; their calls show as interrupted.',
});

/**
 * Puts calls on the record. A call begins only when the stream has stored its start, so that none reaches a provider
 * unrecorded, and is answered only when its end is on its way: the answer takes the same connection, so it cannot
 * overtake the end. Until the stream has stored an end, it is kept here.
 */
export class CallRecorder implements BeforeApplicationShutdown {
  private retry: NodeJS.Timeout | undefined;
  private readonly unpublished = new UnpublishedEnds();
  private publishing: Promise<void> | undefined;
  /** Ends on their way to the stream. */
  private readonly sent = new Set<Promise<void>>();

  constructor(
    private readonly bus: Bus,
    private readonly nats: NatsClient,
    private readonly logger: Logger,
    private readonly policy: RecordPolicy,
  ) {
    nats.onReturn(() => void this.publishLate());
    beforeScrape(() => waitingEnds.set(this.unpublished.size));
  }

  static provide(policy: RecordPolicy): FactoryProvider<CallRecorder> {
    return {
      provide: CallRecorder,
      inject: [Bus, NatsClient, LOGGER],
      useFactory: (bus: Bus, nats: NatsClient, logger: Logger) => new CallRecorder(bus, nats, logger, policy),
    };
  }

  /** Describes a call about to be made; nothing is on the record before `begin`. */
  describe({ storePayloads, ...call }: CallDescription): CallStarted {
    const context = currentContext();
    return {
      ...call,
      sandboxId: call.sandboxId ?? null,
      arguments: storePayloads ? this.recorded(call.arguments) : {},
      logId: newId('log'),
      requestId: context?.requestId ?? newId('request'),
      traceId: traceIdOf(context),
      startedAt: new Date().toISOString(),
    };
  }

  /** @throws AppError `unavailable` when the start could not be stored: the call must not be made then */
  async begin(call: CallStarted): Promise<void> {
    await this.bus.publish(this.policy.started, this.bus.envelop(call.projectId, call));
  }

  /**
   * Resolves when the end is on its way, or waits here until it can be. Never throws: the call was made, and a lost bus
   * cannot undo it.
   */
  async end(call: CallStarted, { storePayloads, ...end }: CallEnd): Promise<void> {
    const finishedAt = new Date();
    const durationMs = finishedAt.getTime() - Date.parse(call.startedAt);
    callDurations.observe({ toolkit: call.toolkit, status: end.status }, durationMs / 1_000);
    const event = this.bus.envelop(call.projectId, {
      ...call,
      ...end,
      authConfigId: end.authConfigId ?? null,
      error: end.error === null ? null : clipText(end.error, this.policy.sizes.error),
      data: storePayloads ? this.recorded(end.data) : {},
      finishedAt: finishedAt.toISOString(),
      durationMs,
    });
    await new Promise<void>((resolve) => {
      const stored = this.publishOrKeep(event, resolve).finally(() => {
        this.sent.delete(stored);
        resolve();
      });
      this.sent.add(stored);
    });
  }

  /** What waits is in this process alone. */
  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.retry);
    await Promise.all(this.sent);
    await this.publishLate();
    clearTimeout(this.retry);
  }

  private async publishOrKeep(event: CallEndEvent, onSent: () => void): Promise<void> {
    if (await this.publish(event, onSent)) this.keep([event]);
  }

  /** @returns whether it must be tried again */
  private async publish(event: CallEndEvent, onSent?: () => void): Promise<boolean> {
    try {
      await this.bus.publish(this.policy.finished, event, onSent);
      return false;
    } catch (error) {
      if (error instanceof MessageTooLarge) return this.publishShort(event, onSent);
      if (this.unpublished.size === 0) {
        // Once an outage, not once a call.
        this.logger.warn({ err: error, logId: event.data.logId }, 'ends of calls wait for the event stream');
      }
      return true;
    }
  }

  /** The call was made: its row must end, whatever the message that ends it cannot hold. */
  private async publishShort(event: CallEndEvent, onSent?: () => void): Promise<boolean> {
    const short = shortEnd(event);
    shortenedEnds.inc();
    this.logger.warn({ logId: event.data.logId }, 'the end of a call is too large for a message, and is cut');
    try {
      await this.bus.publish(this.policy.finished, short, onSent);
      return false;
    } catch (error) {
      if (!(error instanceof MessageTooLarge)) return true;
      this.giveUp([short]);
      return false;
    }
  }

  private keep(events: readonly CallEndEvent[]): void {
    for (const event of events) this.giveUp(this.unpublished.add(event));
    this.retry ??= setTimeout(() => void this.publishLate(), RETRY_MS).unref();
  }

  private giveUp(events: readonly CallEndEvent[]): void {
    lostEnds.inc(events.length);
    for (const { data } of events) {
      this.logger.error({ logId: data.logId }, 'the end of a call is lost: it shows as interrupted');
    }
  }

  private publishLate(): Promise<void> {
    clearTimeout(this.retry);
    this.retry = undefined;
    this.publishing ??= this.publishAll().finally(() => {
      this.publishing = undefined;
    });
    return this.publishing;
  }

  /** Those that came first go first. The return of NATS calls again. */
  private async publishAll(): Promise<void> {
    while (this.nats.connected && this.unpublished.size > 0) {
      const ends = this.unpublished.take(SENT_AT_ONCE);
      const again = await Promise.all(ends.map((event) => this.publish(event)));
      const left = ends.filter((_, index) => again[index]);
      if (left.length === 0) continue;
      this.keep(left);
      return;
    }
  }

  /** A payload too large for a message is on the record by its beginning. */
  private recorded(payload: Record<string, unknown> | RawJson): Record<string, unknown> {
    const { redact, sizes } = this.policy;
    const whole = writeJson(payload);
    const text = redact(whole);
    if (text.length > sizes.payload) {
      return {
        clipped: true,
        characters: whole.length,
        beginning: text.slice(0, sizes.beginning).replace(/[\uD800-\uDBFF]$/, ''),
      };
    }
    // Raw JSON stands for what it says: nothing looks into an event before it is written.
    return (text === whole ? payload : readJson(text)) as Record<string, unknown>;
  }
}
