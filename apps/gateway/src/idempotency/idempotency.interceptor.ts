import {
  applyDecorators,
  createParamDecorator,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { contextOf } from '../http/index.js';
import { idempotencyKeyOf } from './idempotent-request.js';
import { IdempotentRoutes } from './idempotent-routes.service.js';

/** For the routes that Nest serves. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly routes: IdempotentRoutes) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return from(this.routes.run(request, reply, () => lastValueFrom(next.handle())));
  }
}

export const IDEMPOTENT = 'idempotent';
/**
 * Executes the same request to a route once, however often it is sent. A caller marks it with an `Idempotency-Key`;
 * retries of the official clients are recognised without one.
 */
export const Idempotent = () =>
  applyDecorators(SetMetadata(IDEMPOTENT, true), UseInterceptors(IdempotencyInterceptor));

/** The key to pass on to providers that take one; undefined when the caller sent none. */
export const IdempotencyKey = createParamDecorator((_: unknown, execution: ExecutionContext) => {
  const request = execution.switchToHttp().getRequest<FastifyRequest>();
  return idempotencyKeyOf(request, contextOf(request).projectId ?? '');
});
