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
import { contextOf } from '../http/request-hooks.js';
import { callerKeyOf, repeatOf } from './repeat.js';
import { RepeatsService } from './repeats.service.js';

@Injectable()
export class OnceInterceptor implements NestInterceptor {
  constructor(private readonly repeats: RepeatsService) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const repeat = repeatOf(request, contextOf(request).projectId ?? '');
    if (!repeat) return next.handle();
    const { socket } = http.getResponse<FastifyReply>().raw;
    return from(
      this.repeats.once(repeat, {
        work: () => lastValueFrom(next.handle()),
        isCallerGone: () => socket === null || socket.destroyed,
      }),
    );
  }
}

/**
 * A route that acts: the same request is made once, however often it comes in. A caller says so with an
 * `Idempotency-Key`; the official clients' own repeats are known without one.
 */
export const Once = () => applyDecorators(UseInterceptors(OnceInterceptor));

/** What names the call for providers that take an idempotency key; nothing when the caller sent none. */
export const CallerKey = createParamDecorator((_: unknown, execution: ExecutionContext) => {
  const request = execution.switchToHttp().getRequest<FastifyRequest>();
  return callerKeyOf(request, contextOf(request).projectId ?? '');
});
