import { Inject, Injectable } from '@nestjs/common';
import {
  metaCallFinished,
  metaCallStarted,
  newId,
  toolCallFinished,
  toolCallStarted,
  type CallFinished,
  type CallStarted,
  type EventEnvelope,
  type ServiceName,
} from '@patchbay/contracts';
import { Bus } from '../bus.js';
import { currentContext, traceIdOf } from '../context.js';
import type { Logger } from '../logger.js';
import { NatsClient } from '../nats/nats.client.js';
import { beforeScrape, gauge, histogram } from '../telemetry/metrics.js';
import { LOGGER, SERVICE_NAME } from '../tokens.js';

export type CallDescription = Omit<
  CallStarted,
  'logId' | 'startedAt' | 'requestId' | 'traceId' | 'sandboxId'
> & { sandboxId?: string | null };
export type CallEnd = Pick<CallFinished, 'status' | 'connectionId' | 'error' | 'data'> & {
  authConfigId?: string | null;
};

/** Ends that could not be published yet; past this many the oldest show as interrupted. */
const MAX_UNPUBLISHED = 10_000;
const MAX_PAYLOAD_CHARACTERS = 64 * 1024;
const RETRY_MS = 1_000;
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

/**
 * Puts calls on the record. A call begins only when the stream has stored its start, so that none
 * reaches a provider unrecorded, and is answered only when the stream has stored its end.
 */
@Injectable()
export class CallRecorder {
  private readonly started;
  private readonly finished;
  private retry: NodeJS.Timeout | undefined;
  private unpublished: EventEnvelope<CallFinished>[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly nats: NatsClient,
    @Inject(SERVICE_NAME) service: ServiceName,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.started = service === 'sessions' ? metaCallStarted : toolCallStarted;
    this.finished = service === 'sessions' ? metaCallFinished : toolCallFinished;
    nats.onReturn(() => void this.publishLate());
    beforeScrape(() => waitingEnds.set(this.unpublished.length));
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
      data: forRecord(end.data),
      finishedAt: finishedAt.toISOString(),
      durationMs,
    });
    await this.publish(event);
  }

  private async publish(event: EventEnvelope<CallFinished>): Promise<void> {
    try {
      await this.bus.publish(this.finished, event);
    } catch (error) {
      this.logger.warn(
        { err: error, logId: event.data.logId },
        'the end of a call waits for the event stream',
      );
      this.unpublished.push(event);
      if (this.unpublished.length > MAX_UNPUBLISHED) this.unpublished.shift();
      this.retry ??= setTimeout(() => void this.publishLate(), RETRY_MS).unref();
    }
  }

  private async publishLate(): Promise<void> {
    clearTimeout(this.retry);
    this.retry = undefined;
    // Its return calls again.
    if (!this.nats.connected) return;
    const waiting = this.unpublished;
    this.unpublished = [];
    for (const event of waiting) await this.publish(event);
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
  const whole = JSON.stringify(payload);
  const text = whole.replace(LINK_TOKEN, 'lk_REDACTED');
  if (text.length > MAX_PAYLOAD_CHARACTERS) {
    return {
      clipped: true,
      characters: whole.length,
      beginning: text.slice(0, CLIPPED_CHARACTERS).replace(/[\uD800-\uDBFF]$/, ''),
    };
  }
  return text === whole ? payload : (JSON.parse(text) as Record<string, unknown>);
}
