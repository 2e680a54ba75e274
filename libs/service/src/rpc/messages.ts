import type { Msg, MsgHdrs } from '@nats-io/transport-node';
import { AppError, writeJson, type ErrorBody } from '@patchbay/contracts';
import type { z } from 'zod';
import { runInContext, type RequestContext } from '../context.js';
import { toAppError } from '../errors.js';
import type { Logger } from '../logger.js';
import { fits, maxAnswerBytes, maxMessageBytes, MessageTooLarge, requireFits } from '../nats/limits.js';
import type { NatsClient } from '../nats/nats.client.js';
import { rawHeaders, readContext, readEvents, readJson } from '../nats/wire.js';
import { histogram } from '../telemetry/metrics.js';
import { openSpan, SpanKind } from '../telemetry/tracing.js';
import { InFlight } from './in-flight.js';
import { parseInput } from './parse-input.js';

const durations = histogram({
  name: 'patchbay_message_duration_seconds',
  help: 'Messages of the bus that this service handled.',
  labelNames: ['subject', 'outcome'],
});

/** What becomes of the work's end. */
interface Ends {
  done: (data: unknown) => void;
  failed: (error: AppError) => void;
}
type Work<T extends z.ZodType> = (input: z.output<T>) => Promise<unknown>;

/**
 * What surrounds the work that a message asks for: the context of its headers, its deadline, the check of its
 * input, span and metrics, and the answer. Nothing is thrown: a refusal is an answer too.
 */
export class Messages {
  readonly inFlight = new InFlight();
  /** The reply subjects of the requests in flight. */
  private readonly unanswered = new Set<string>();

  constructor(
    private readonly nats: NatsClient,
    private readonly logger: Logger,
  ) {}

  /** Whether the request with this reply subject is in flight here. */
  isInFlight(reply: string): boolean {
    return this.unanswered.has(reply);
  }

  /** Replies to a request with what comes of the work, or with the contract's error body. */
  answer<T extends z.ZodType>(message: Msg, schema: T, work: Work<T>): void {
    if (message.reply) this.unanswered.add(message.reply);
    void this.handle(message, () => work(parseInput(schema, readJson(message))), {
      done: (data) => this.reply(message, { data }),
      failed: (error) => this.reply(message, { error: error.toBody() }),
    });
  }

  /** The sender of an event or a signal gets no error back, so it is logged. */
  receive<T extends z.ZodType>(message: Msg, schema: T, work: Work<T>): void {
    for (const event of readEvents(message)) {
      void this.handle(message, () => work(parseInput(schema, event)), {
        done: () => undefined,
        failed: (err) =>
          this.logger.error({ err, subject: message.subject }, 'an event could not be handled'),
      });
    }
  }

  private async handle(message: Msg, work: () => Promise<unknown>, ends: Ends): Promise<void> {
    const context = readContext(message.headers);
    const end = this.begin(message.subject, context);
    await runInContext(context, async () => {
      try {
        requireTime(context);
        ends.done(await work());
        end('ok');
      } catch (error) {
        ends.failed(toAppError(error, this.logger));
        end('error');
      }
    });
  }

  /** The context's trace goes on below the span that is opened here. @returns what ends it */
  private begin(subject: string, context: RequestContext): (outcome: 'ok' | 'error') => void {
    this.inFlight.enter();
    const stopTimer = durations.startTimer({ subject });
    const span = openSpan(
      {
        name: `handle ${subject}`,
        kind: SpanKind.SERVER,
        attributes: { 'messaging.system': 'nats', 'messaging.destination.name': subject },
      },
      context.traceparent,
    );
    if (span) context.traceparent = span.traceparent;
    return (outcome) => {
      stopTimer({ outcome });
      span?.end(aboutRequest(context), outcome === 'error');
      this.inFlight.leave();
    };
  }

  private reply(message: Msg, reply: { data: unknown } | { error: ErrorBody }): void {
    try {
      const { text, headers } = this.sendable(reply, message.subject);
      message.respond(text, headers && { headers });
    } catch (error) {
      this.logger.warn({ err: error, subject: message.subject }, 'a reply could not be sent');
    } finally {
      if (message.reply) this.unanswered.delete(message.reply);
    }
  }

  /** A reply that cannot be written, or that the server would refuse for its size, must still end the caller's wait. */
  private sendable(reply: object, subject: string): { text: string; headers?: MsgHdrs | undefined } {
    try {
      const text = writeJson(reply);
      requireFits(text, maxAnswerBytes(this.nats), 'internal', 'answer');
      // An answer that leaves no room for headers goes without, and is read whole.
      const hasRoom = 'data' in reply && fits(text, maxMessageBytes(this.nats));
      return { text, headers: hasRoom ? rawHeaders(reply.data) : undefined };
    } catch (error) {
      if (error instanceof MessageTooLarge) {
        this.logger.warn({ subject }, 'an answer is too large for a message');
        return { text: writeJson({ error: error.toBody() }) };
      }
      return { text: writeJson({ error: toAppError(error, this.logger).toBody() }) };
    }
  }
}

function requireTime({ deadline }: RequestContext): void {
  if (deadline > Date.now()) return;
  throw new AppError('unavailable', 'The request came too late to be answered in time.', {
    suggestion: 'Nothing was done: try again in a moment.',
  });
}

function aboutRequest({ requestId, projectId, sessionId }: RequestContext): Record<string, string> {
  return {
    'patchbay.request.id': requestId,
    ...(projectId && { 'patchbay.project.id': projectId }),
    ...(sessionId && { 'patchbay.session.id': sessionId }),
  };
}
