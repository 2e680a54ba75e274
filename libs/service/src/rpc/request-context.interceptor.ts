import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { NatsContext } from '@nestjs/microservices';
import type { MsgHdrs } from '@nats-io/transport-node';
import { AppError } from '@patchbay/contracts';
import { finalize, Observable } from 'rxjs';
import { runInContext } from '../context.js';
import { readContext } from '../nats/wire.js';
import { InFlight } from './in-flight.js';

/** Runs a handler in the context of the message's headers, and not at all past its deadline. */
@Injectable()
export class RequestContextInterceptor implements NestInterceptor {
  constructor(private readonly inFlight: InFlight) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const given = execution.switchToRpc().getContext<NatsContext>().getHeaders() as MsgHdrs | undefined;
    const context = readContext(given);
    if (context.deadline <= Date.now()) {
      throw new AppError('unavailable', 'The request came too late to be answered in time.');
    }
    this.inFlight.enter();
    return new Observable((subscriber) =>
      runInContext(context, () =>
        next
          .handle()
          .pipe(finalize(() => this.inFlight.leave()))
          .subscribe(subscriber),
      ),
    );
  }
}
