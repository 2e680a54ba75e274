import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** A signal that aborts when the client goes away before it has its answer. */
export const ClientLeft = createParamDecorator((_: unknown, execution: ExecutionContext): AbortSignal => {
  const { raw } = execution.switchToHttp().getResponse<FastifyReply>();
  const left = new AbortController();
  raw.once('close', () => {
    // The answer's end closes as well.
    if (!raw.writableEnded) left.abort();
  });
  return left.signal;
});
