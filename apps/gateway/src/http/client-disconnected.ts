import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** A signal that aborts when the client disconnects before the response is complete. */
export const ClientDisconnected = createParamDecorator(
  (_: unknown, execution: ExecutionContext): AbortSignal => {
    const { raw } = execution.switchToHttp().getResponse<FastifyReply>();
    const disconnected = new AbortController();
    raw.once('close', () => {
      // The response's end closes as well.
      if (!raw.writableEnded) disconnected.abort();
    });
    return disconnected.signal;
  },
);
