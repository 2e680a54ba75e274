import { AppError } from '@patchbay/contracts';
import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';

const QUERY_CANCELED = '57014';

/** Runs queries that Postgres itself ends when they take too long. @returns undefined when it did */
export async function withinTime<T>(
  dataSource: DataSource,
  limitMs: number,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL statement_timeout = ${Math.round(limitMs)}`);
      return work(manager);
    });
  } catch (error) {
    if (isCanceled(error)) return undefined;
    throw error;
  }
}

/** A filter that no index serves looks at one row after another: it must not hold a connection for long. */
const LIST_LIMIT_MS = 5_000;

/**
 * Runs the query of a list that somebody asked for with filters of theirs.
 * @param narrower what makes it faster, for whoever asked
 * @throws AppError `invalid_request` when it takes too long
 */
export async function listWithinTime<T>(
  dataSource: DataSource,
  narrower: string,
  work: (manager: EntityManager) => Promise<T>,
  limitMs = LIST_LIMIT_MS,
): Promise<T> {
  const found = await withinTime(dataSource, limitMs, work);
  if (found !== undefined) return found;
  throw new AppError('invalid_request', `The search took longer than ${limitMs / 1000} seconds.`, {
    suggestion: `Narrow it: ${narrower}.`,
  });
}

function isCanceled(error: unknown): boolean {
  return (
    error instanceof QueryFailedError && (error.driverError as { code?: string }).code === QUERY_CANCELED
  );
}
