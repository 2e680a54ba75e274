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

function isCanceled(error: unknown): boolean {
  return (
    error instanceof QueryFailedError && (error.driverError as { code?: string }).code === QUERY_CANCELED
  );
}
