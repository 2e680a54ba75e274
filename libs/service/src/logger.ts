import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { currentContext, traceIdOf } from './context.js';

export type { Logger };

/** JSON lines on standard output; each carries the request it belongs to. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const context = currentContext();
      if (!context) return {};
      const { requestId, projectId, sessionId, userId } = context;
      return { requestId, projectId, sessionId, userId, traceId: traceIdOf(context) };
    },
  });
}

/** Lets Nest's own messages go the same way, below the level of ours: they are of use when debugging only. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown): void {
    this.logger.debug(String(message));
  }
  error(message: unknown, stack?: unknown): void {
    this.logger.error({ stack }, String(message));
  }
  warn(message: unknown): void {
    this.logger.warn(String(message));
  }
  debug(message: unknown): void {
    this.logger.trace(String(message));
  }
}
