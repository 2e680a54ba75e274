import { Catch, Inject, type ArgumentsHost, type RpcExceptionFilter } from '@nestjs/common';
import type { NatsContext } from '@nestjs/microservices';
import type { MsgHdrs } from '@nats-io/transport-node';
import { EVENT_SUBJECT_PREFIX, SIGNAL_SUBJECT_PREFIX } from '@patchbay/contracts';
import { EMPTY, throwError, type Observable } from 'rxjs';
import { runInContext } from '../context.js';
import { toAppError } from '../errors.js';
import type { Logger } from '../logger.js';
import { readContext } from '../nats/wire.js';
import { LOGGER } from '../tokens.js';

const UNANSWERED = [EVENT_SUBJECT_PREFIX, SIGNAL_SUBJECT_PREFIX];

/** Puts an error on the wire as the contract's error body. For an event or a signal nobody receives it, so it is logged. */
@Catch()
export class RpcErrorFilter implements RpcExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): Observable<never> {
    const rpc = host.switchToRpc().getContext<NatsContext>();
    // The filter runs outside of the interceptor's context, yet its log line belongs to the request.
    return runInContext(readContext(rpc.getHeaders() as MsgHdrs | undefined), () => {
      const refusal = toAppError(error, this.logger);
      if (UNANSWERED.some((prefix) => rpc.getSubject().startsWith(prefix))) {
        this.logger.error({ err: refusal, subject: rpc.getSubject() }, 'an event could not be handled');
        return EMPTY;
      }
      return throwError(() => refusal.toBody());
    });
  }
}
