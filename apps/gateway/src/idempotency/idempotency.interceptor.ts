import {
  applyDecorators,
  createParamDecorator,
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { contextOf } from '../http/index.js';
import { IdempotencyService } from './idempotency.service.js';
import { idempotencyKeyOf, idempotentRequestOf } from './idempotent-request.js';

@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly idempotency: IdempotencyService) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const idempotent = idempotentRequestOf(request, contextOf(request).projectId ?? '');
    if (!idempotent) return next.handle();
    const { socket } = http.getResponse<FastifyReply>().raw;
    return from(
      this.idempotency.execute(idempotent, {
        work: (isRetry) => {
          contextOf(request).isRetry = isRetry;
          return lastValueFrom(next.handle());
        },
        isCallerGone: () => socket === null || socket.destroyed,
      }),
    );
  }
}

/**
 * Executes the same request to a route once, however often it is sent. A caller marks it with an `Idempotency-Key`;
 * retries of the official clients are recognised without one.
 */
export const Idempotent = () => applyDecorators(UseInterceptors(IdempotencyInterceptor));

/** The key to pass on to providers that take one; undefined when the caller sent none. */
export const IdempotencyKey = createParamDecorator((_: unknown, execution: ExecutionContext) => {
  const request = execution.switchToHttp().getRequest<FastifyRequest>();
  return idempotencyKeyOf(request, contextOf(request).projectId ?? '');
});
