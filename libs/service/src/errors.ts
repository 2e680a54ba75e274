import { AppError } from '@patchbay/contracts';
import { currentContext } from './context.js';
import type { Logger } from './logger.js';

/**
 * Codes of node:net and of Postgres (https://www.postgresql.org/docs/current/errcodes-appendix.html)
 * that mean: the other side is away, and nothing is wrong with the request. 25006: it is the standby of a failover.
 */
const AWAY =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|08...|57P0[123]|53300|25006)$/;
const AWAY_TEXT = /^(Connection terminated|timeout exceeded when trying to connect|Driver not Connected)/;

/** Classes of Postgres' errors that pass: rollbacks by conflicts, resources, limits of time, failovers, its own system. */
const PASSING = /^(40...|53...|55...|57...|58...|25006)$/;

/**
 * Whether the same work may well succeed later: something it needs is away, full, or was taken. Anything else
 * that fails again and again is the work's own fault.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'unavailable' || error.retryable;
  const { code } = error as { code?: unknown };
  return isAway(error) || (typeof code === 'string' && PASSING.test(code));
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    (typeof code === 'string' && AWAY.test(code)) ||
    AWAY_TEXT.test(error.message) ||
    (error instanceof AggregateError && error.errors.some(isAway))
  );
}

/**
 * The form in which any error may leave a service. What is not an AppError is logged here, once, with
 * its stack, and leaves without a text of its own.
 */
export function toAppError(error: unknown, logger: Logger): AppError {
  if (error instanceof AppError) return error;
  if (isAway(error)) {
    logger.warn({ err: error }, 'a dependency is away');
    return new AppError('unavailable', 'The service cannot reach its database at the moment.', {
      suggestion: 'Try again in a moment.',
    });
  }
  if (isUnstorable(error)) {
    return new AppError(
      'invalid_request',
      'A value contains characters that cannot be stored, such as NUL.',
      { cause: error },
    );
  }
  logger.error({ err: error }, 'unexpected error');
  const requestId = currentContext()?.requestId;
  return new AppError('internal', 'Something went wrong on our side.', {
    suggestion: requestId ? `Report it with the request id ${requestId}.` : undefined,
  });
}

/** Postgres takes no NUL and no broken Unicode: untranslatable_character, character_not_in_repertoire. */
function isUnstorable(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '22P05' || code === '22021';
}
