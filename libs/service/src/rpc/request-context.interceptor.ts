import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { NatsContext } from '@nestjs/microservices';
import type { MsgHdrs } from '@nats-io/transport-node';
import { AppError } from '@patchbay/contracts';
import { finalize, Observable, tap } from 'rxjs';
import { runInContext, type RequestContext } from '../context.js';
import { readContext } from '../nats/wire.js';
import { histogram } from '../telemetry/metrics.js';
import { openSpan, SpanKind } from '../telemetry/tracing.js';
import { InFlight } from './in-flight.js';

const durations = histogram({
  name: 'patchbay_message_duration_seconds',
  help: 'Messages of the bus that this service handled.',
  labelNames: ['subject', 'outcome'],
});

/** Runs a handler in the context of the message's headers, and not at all past its deadline. */
@Injectable()
export class RequestContextInterceptor implements NestInterceptor {
  constructor(private readonly inFlight: InFlight) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const message = execution.switchToRpc().getContext<NatsContext>();
    const context = readContext(message.getHeaders() as MsgHdrs | undefined);
    if (context.deadline <= Date.now()) {
      throw new AppError('unavailable', 'The request came too late to be answered in time.');
    }
    const end = this.begin(message.getSubject(), context);
    return new Observable((subscriber) =>
      runInContext(context, () =>
        next
          .handle()
          .pipe(
            tap({ complete: () => end('ok'), error: () => end('error') }),
            finalize(() => this.inFlight.leave()),
          )
          .subscribe(subscriber),
      ),
    );
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
    };
  }
}

function aboutRequest({ requestId, projectId, sessionId }: RequestContext): Record<string, string> {
  return {
    'patchbay.request.id': requestId,
    ...(projectId && { 'patchbay.project.id': projectId }),
    ...(sessionId && { 'patchbay.session.id': sessionId }),
  };
}
