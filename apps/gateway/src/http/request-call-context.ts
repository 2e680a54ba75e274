import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { CallContext } from '@patchbay/contracts';
import type { FastifyRequest } from 'fastify';
import { contextOf } from './request-hooks.js';

/** What the calls that are made for a request have of it. */
export function callContextOfRequest(request: FastifyRequest): CallContext {
  const { deadline, storePayloads, isRetry } = contextOf(request);
  return { deadline, storePayloads, isRetry };
}

export const RequestCallContext = createParamDecorator(
  (_: unknown, execution: ExecutionContext): CallContext =>
    callContextOfRequest(execution.switchToHttp().getRequest<FastifyRequest>()),
);
