import { Inject, Injectable } from '@nestjs/common';
import { errors, type Msg } from '@nats-io/transport-node';
import {
  AppError,
  newId,
  readJson,
  writeJson,
  type AnswerOf,
  type CallOf,
  type EventContract,
  type EventDataOf,
  type EventEnvelope,
  type OutputOf,
  type RequestContract,
  type SignalContract,
  type SignalOf,
} from '@patchbay/contracts';
import { currentContext, newContext, type RequestContext } from './context.js';
import { fitEvent, type FittedEvent } from './events/fit-event.js';
import { Gatherer } from './events/gatherer.js';
import type { Logger } from './logger.js';
import {
  isPayloadRefused,
  maxEventBytes,
  maxMessageBytes,
  MessageTooLarge,
  requireFits,
} from './nats/limits.js';
import { NatsClient } from './nats/nats.client.js';
import { RequestLost } from './nats/replies.js';
import { storeMessage } from './nats/store.js';
import { Reply, splitReply, writeContext } from './nats/wire.js';
import { histogram, timed } from './telemetry/metrics.js';
import { SpanKind, traced } from './telemetry/tracing.js';
import { LOGGER } from './tokens.js';

const PUBLISH_TIMEOUT_MS = 3_000;
/** What was said longer ago is not acted on any more. */
const SIGNAL_LIFE_MS = 10_000;

const requestDurations = histogram({
  name: 'patchbay_bus_request_duration_seconds',
  help: 'Requests that this service sent to another, until their answer.',
  labelNames: ['subject', 'outcome'],
});
const publishDurations = histogram({
  name: 'patchbay_event_publish_duration_seconds',
  help: 'Events that this service put into the stream, until the stream had stored them.',
  labelNames: ['subject', 'outcome'],
});

/** The one way from a service to another: requests by contract, events into the stream. */
@Injectable()
export class Bus {
  /** By subject. */
  private readonly gatherers = new Map<string, Gatherer>();

  constructor(
    private readonly nats: NatsClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Sends a request and waits for its answer, no longer than the caller's own deadline.
   * @throws AppError the answering service's own; `unavailable` when no replica answers
   */
  request<C extends RequestContract>(contract: C, input: CallOf<C>): Promise<OutputOf<C>> {
    return this.traced(contract, async () => this.read(contract, (await this.ask(contract, input)).string()));
  }

  /** As `request`, with the contract's raw field unread where the answering service sent it so. */
  requestRaw<C extends RequestContract & { readonly rawField: string }>(
    contract: C,
    input: CallOf<C>,
  ): Promise<AnswerOf<C>> {
    return this.traced(contract, async () => {
      const reply = await this.ask(contract, input);
      const split = splitReply(reply);
      if (!split) return this.read(contract, reply.string()) as AnswerOf<C>;
      const output = this.read(contract, split.rest) as object;
      return { ...output, [contract.rawField]: split.raw } as AnswerOf<C>;
    });
  }

  private traced<T>({ subject }: RequestContract, work: () => Promise<T>): Promise<T> {
    return timed(requestDurations, { subject }, () =>
      traced({ name: `ask ${subject}`, kind: SpanKind.CLIENT, attributes: attributesOf(subject) }, work),
    );
  }

  private ask<C extends RequestContract>(contract: C, input: CallOf<C>): Promise<Msg> {
    return this.send(contract, input, contextFor(contract.timeoutMs));
  }

  private read<C extends RequestContract>(contract: C, text: string): OutputOf<C> {
    const reply = Reply.safeParse(readJson(text));
    if (!reply.success) throw this.brokenContract(contract, reply.error);
    if (reply.data.error) throw AppError.fromBody(reply.data.error);
    const output = contract.output.safeParse(reply.data.data);
    if (!output.success) throw this.brokenContract(contract, output.error);
    return output.data as OutputOf<C>;
  }

  /** A fresh event in its envelope. Kept as it is until it is published: its id makes a repeat harmless. */
  envelop<D>(projectId: string, data: D): EventEnvelope<D> {
    const { requestId = null, sessionId = null } = currentContext() ?? {};
    return { id: newId('event'), at: new Date().toISOString(), projectId, requestId, sessionId, data };
  }

  /** The event as text of which every message can carry it, with its texts cut if need be. */
  fit(event: EventEnvelope): FittedEvent {
    return fitEvent(event, this.maxEventBytes);
  }

  /** The most bytes that an event may have. */
  get maxEventBytes(): number {
    return maxEventBytes(this.nats);
  }

  /**
   * Puts an event into the stream, with others of its subject that come just then; resolves when it is stored. Sent
   * again it may be there twice, unless it was alone both times.
   * @param onSent called when it is on its way: what this service sends afterwards arrives after it
   * @throws MessageTooLarge, now and always; AppError `unavailable` when the stream does not take it at the moment
   */
  publish<C extends EventContract>(
    contract: C,
    event: EventEnvelope<EventDataOf<C>>,
    onSent?: () => void,
  ): Promise<void> {
    const { subject } = contract;
    return this.observed(subject, async () => {
      const body = writeJson(event);
      requireFits(body, this.maxEventBytes, 'internal', 'event');
      await this.gathererOf(subject).add(event.id, body, onSent);
    });
  }

  /**
   * An envelope that is already text, as it lies in an outbox, by itself: it is stored once, however often it is sent.
   * @throws as `publish` does
   */
  publishRaw(subject: string, id: string, body: string): Promise<void> {
    return this.observed(subject, async () => {
      requireFits(body, this.maxEventBytes, 'internal', 'event');
      await this.store(subject, id, body);
    });
  }

  private observed(subject: string, work: () => Promise<void>): Promise<void> {
    return timed(publishDurations, { subject }, () =>
      traced(
        { name: `publish ${subject}`, kind: SpanKind.PRODUCER, attributes: attributesOf(subject) },
        work,
      ),
    );
  }

  private gathererOf(subject: string): Gatherer {
    const found = this.gatherers.get(subject);
    if (found) return found;
    const made = new Gatherer(([first, ...others], body) =>
      // The same event in other company is another message: the stream must not take it for a repeat.
      this.store(subject, others.length === 0 && first ? first : newId('event'), body),
    );
    this.gatherers.set(subject, made);
    return made;
  }

  private async store(subject: string, id: string, body: string): Promise<void> {
    try {
      await storeMessage(this.nats, subject, body, { id, timeoutMs: PUBLISH_TIMEOUT_MS });
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('unavailable', 'The event stream does not take events at the moment.', {
        cause: error,
      });
    }
  }

  /** Says something to every replica that listens now. It is not known who heard it. */
  signal<C extends SignalContract>(contract: C, signal: SignalOf<C>): void {
    this.nats.requireConnected();
    const payload = writeJson(signal);
    requireFits(payload, maxMessageBytes(this.nats), 'internal', 'signal');
    const headers = writeContext(contextFor(SIGNAL_LIFE_MS));
    this.nats.connection.publish(contract.subject, payload, { headers });
  }

  private async send(contract: RequestContract, input: unknown, context: RequestContext): Promise<Msg> {
    const payload = writeJson(input);
    const limit = maxMessageBytes(this.nats);
    requireFits(payload, limit, 'invalid_request', 'request');
    const timeoutMs = context.deadline - Date.now();
    if (timeoutMs <= 0) throw new AppError('unavailable', 'There was no time left for the request.');
    const { subject } = contract;
    try {
      return await this.nats.ask({ subject, payload, headers: writeContext(context), timeoutMs });
    } catch (error) {
      if (isPayloadRefused(error)) throw new MessageTooLarge('invalid_request', 'request', limit);
      throw this.explain(contract, error);
    }
  }

  private explain(contract: RequestContract, error: unknown): AppError {
    if (error instanceof AppError) return error;
    const service = contract.subject.split('.')[0];
    if (error instanceof errors.NoRespondersError) {
      return new AppError('unavailable', `The ${service} service is not running.`, {
        suggestion: 'Try again in a moment.',
        cause: error,
      });
    }
    if (error instanceof errors.TimeoutError) {
      return new AppError('unavailable', `The ${service} service did not answer in time.`, {
        // It may still be executing it.
        retryable: false,
        cause: error,
      });
    }
    if (error instanceof RequestLost) {
      return new AppError('unavailable', `The ${service} service was lost during the request.`, {
        // It may have been carried out before that.
        retryable: false,
        cause: error,
      });
    }
    this.logger.error({ err: error, subject: contract.subject }, 'a request could not be sent');
    return new AppError('internal', 'Something went wrong on our side.', { cause: error });
  }

  private brokenContract(contract: RequestContract, error: Error): AppError {
    this.logger.error({ err: error, subject: contract.subject }, 'an answer does not fit its contract');
    return new AppError('internal', 'Something went wrong on our side.', { cause: error });
  }
}

function contextFor(timeoutMs: number): RequestContext {
  const latest = Date.now() + timeoutMs;
  const context = currentContext();
  return context
    ? { ...context, deadline: Math.min(context.deadline, latest) }
    : newContext({ deadline: latest });
}

function attributesOf(subject: string): Record<string, string> {
  return { 'messaging.system': 'nats', 'messaging.destination.name': subject };
}
