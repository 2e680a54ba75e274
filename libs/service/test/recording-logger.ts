import { pino } from 'pino';
import { createLogger, type Logger } from '../src/logger.js';

export interface RecordingLogger {
  logger: Logger;
  /** What was logged, as it would stand on standard output. */
  lines: Record<string, unknown>[];
}

/** The real logger, writing into memory. */
export function recordingLogger(): RecordingLogger {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger('tools', 'trace');
  const stream = { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) };
  Object.assign(logger, { [pino.symbols.streamSym]: stream });
  return { logger, lines };
}
