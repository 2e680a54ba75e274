import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../http/index.js';
import { IdempotencyService } from './idempotency.service.js';
import { idempotentRequestOf } from './idempotent-request.js';

/** Executes the requests of a route that is marked `@Idempotent()`. */
@Injectable()
export class IdempotentRoutes {
  constructor(private readonly idempotency: IdempotencyService) {}

  /** Does the work, once for all requests that are recognised as the same one. */
  run(request: FastifyRequest, reply: FastifyReply, work: () => Promise<unknown>): Promise<unknown> {
    const idempotent = idempotentRequestOf(request, contextOf(request).projectId ?? '');
    if (!idempotent) return work();
    const { socket } = reply.raw;
    return this.idempotency.execute(idempotent, {
      work: (isRetry) => {
        contextOf(request).isRetry = isRetry;
        return work();
      },
      isCallerGone: () => socket === null || socket.destroyed,
    });
  }
}
