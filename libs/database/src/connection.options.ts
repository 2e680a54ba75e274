import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';

export interface DatabaseLimits {
  /** For a connection, with the wait for a free one of the pool. */
  connectMs: number;
  /** For one statement; 0 is without end. */
  queryMs: number;
}

/** In a query of an address: it is that of a pooler in transaction mode, as Prisma and its like mark it too. */
const POOLED = 'pgbouncer';
const POOL_SIZE = 10;
/** A caller is waiting: a stopped Postgres must become a 503 within a second. */
export const serviceLimits: DatabaseLimits = { connectMs: 800, queryMs: 10_000 };
/** No caller is waiting, and a failure costs more than a long wait: migrations, maintenance commands. */
export const jobLimits: DatabaseLimits = { connectMs: 30_000, queryMs: 0 };

/**
 * Whether each transaction may get another connection to Postgres, which knows nothing of what the ones before have set.
 * The session's settings are then those of the role, which `grantSchema` has given it.
 */
export function isPooled(url: string): boolean {
  return URL.parse(url)?.searchParams.get(POOLED) === 'true';
}

/** TypeORM's options for connections to one schema, whatever is done there. It changes no table by itself. */
export function connectionOptions(url: string, schema: string, limits: DatabaseLimits) {
  return {
    type: 'postgres',
    // The module that our client extends: TypeORM would look for one by itself, which need not be the same.
    driver: pg,
    url,
    schema,
    migrationsTableName: 'migrations',
    synchronize: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    extra: {
      max: POOL_SIZE,
      connectionTimeoutMillis: limits.connectMs,
      query_timeout: limits.queryMs,
      // A pooler refuses them. Migrations are plain SQL: unqualified names in them mean this schema too.
      ...(!isPooled(url) && {
        options: `-c search_path="${schema}" -c statement_timeout=${limits.queryMs}`,
      }),
      application_name: `patchbay-${schema}`,
    },
  } satisfies DataSourceOptions;
}
