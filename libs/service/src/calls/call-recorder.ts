import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import {
  clipText,
  metaCallFinished,
  metaCallStarted,
  newId,
  readJson,
  toolCallFinished,
  toolCallStarted,
  writeJson,
  type CallFinished,
  type CallStarted,
  type ServiceName,
} from '@patchbay/contracts';
import { Bus } from '../bus.js';
import { currentContext, traceIdOf } from '../context.js';
import type { Logger } from '../logger.js';
import { MessageTooLarge } from '../nats/limits.js';
import { NatsClient } from '../nats/nats.client.js';
import { beforeScrape, counter, gauge, histogram } from '../telemetry/metrics.js';
import { LOGGER, SERVICE_NAME } from '../tokens.js';
import { shortEnd, UnpublishedEnds, type CallEndEvent } from './unpublished-ends.js';

export type CallDescription = Omit<
  CallStarted,
  'logId' | 'startedAt' | 'requestId' | 'traceId' | 'sandboxId'
> & { sandboxId?: string | null };
export type CallEnd = Pick<CallFinished, 'status' | 'connectionId' | 'error' | 'data'> & {
  authConfigId?: string | null;
};

const MAX_PAYLOAD_CHARACTERS = 64 * 1024;
/** Of a provider, or of an MCP server. */
const MAX_ERROR_CHARACTERS = 8 * 1024;
const RETRY_MS = 1_000;
const SENT_AT_ONCE = 100;
const CLIPPED_CHARACTERS = 4 * 1024;

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
 * Puts calls on the record. A call begins only when the stream has stored its start, so that none
 * reaches a provider unrecorded, and is answered only when the stream has stored its end.
 */
@Injectable()
export class CallRecorder implements BeforeApplicationShutdown {
  private readonly started;
  private readonly finished;
  private retry: NodeJS.Timeout | undefined;
  private readonly unpublished = new UnpublishedEnds();
  private publishing: Promise<void> | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly nats: NatsClient,
    @Inject(SERVICE_NAME) service: ServiceName,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.started = service === 'sessions' ? metaCallStarted : toolCallStarted;
    this.finished = service === 'sessions' ? metaCallFinished : toolCallFinished;
    nats.onReturn(() => void this.publishLate());
    beforeScrape(() => waitingEnds.set(this.unpublished.size));
  }

  /** Describes a call about to be made; nothing is on the record before `begin`. */
  describe(call: CallDescription): CallStarted {
    const context = currentContext();
    return {
      ...call,
      sandboxId: call.sandboxId ?? null,
      arguments: forRecord(call.arguments),
      logId: newId('log'),
      requestId: context?.requestId ?? newId('request'),
      traceId: traceIdOf(context),
      startedAt: new Date().toISOString(),
    };
  }

  /** @throws AppError `unavailable` when the start could not be stored: the call must not be made then */
  async begin(call: CallStarted): Promise<void> {
    await this.bus.publish(this.started, this.bus.envelop(call.projectId, call));
  }

  /** Never throws: the call was made, and a lost bus cannot undo it. The end is published when it is back. */
  async end(call: CallStarted, end: CallEnd): Promise<void> {
    const finishedAt = new Date();
    const durationMs = finishedAt.getTime() - Date.parse(call.startedAt);
    callDurations.observe({ toolkit: call.toolkit, status: end.status }, durationMs / 1_000);
    const event = this.bus.envelop(call.projectId, {
      ...call,
      ...end,
      authConfigId: end.authConfigId ?? null,
      error: end.error === null ? null : clipText(end.error, MAX_ERROR_CHARACTERS),
      data: forRecord(end.data),
      finishedAt: finishedAt.toISOString(),
      durationMs,
    });
    if (await this.publish(event)) this.keep([event]);
  }

  /** What waits is in this process alone. */
  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.retry);
    await this.publishLate();
    clearTimeout(this.retry);
  }

  /** @returns whether it must be tried again */
  private async publish(event: CallEndEvent): Promise<boolean> {
    try {
      await this.bus.publish(this.finished, event);
      return false;
    } catch (error) {
      if (error instanceof MessageTooLarge) return this.publishShort(event);
      if (this.unpublished.size === 0) {
        // Once an outage, not once a call.
        this.logger.warn({ err: error, logId: event.data.logId }, 'ends of calls wait for the event stream');
      }
      return true;
    }
  }

  /** The call was made: its row must end, whatever the message that ends it cannot hold. */
  private async publishShort(event: CallEndEvent): Promise<boolean> {
    const short = shortEnd(event);
    shortenedEnds.inc();
    this.logger.warn({ logId: event.data.logId }, 'the end of a call is too large for a message, and is cut');
    try {
      await this.bus.publish(this.finished, short);
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
}

/** Whoever has a link's token can connect an account with it: it is in the answer, and in nothing that is kept. */
const LINK_TOKEN = /\blk_[\w-]{22,}/g;

/**
 * Nothing where the project wants none kept, so that not even the stream holds it. A payload too large for a
 * message is on the record by its beginning.
 */
function forRecord(payload: Record<string, unknown>): Record<string, unknown> {
  if (currentContext()?.storePayloads === false) return {};
  const whole = writeJson(payload);
  const text = whole.replace(LINK_TOKEN, 'lk_REDACTED');
  if (text.length > MAX_PAYLOAD_CHARACTERS) {
    return {
      clipped: true,
      characters: whole.length,
      beginning: text.slice(0, CLIPPED_CHARACTERS).replace(/[\uD800-\uDBFF]$/, ''),
    };
  }
  return text === whole ? payload : (readJson(text) as Record<string, unknown>);
}
