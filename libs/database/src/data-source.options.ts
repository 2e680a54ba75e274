import type { Type } from '@nestjs/common';
import { readJson } from '@patchbay/contracts';
import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { CreateDeadLetters1765030000000 } from './dead-letters/create-dead-letters.migration.js';
import { DeadLetter } from './dead-letters/dead-letter.entity.js';
import { ObservedClient } from './observed.client.js';
import { OutboxMessage } from './outbox/outbox-message.entity.js';
import { CreateOutbox1700000000000 } from './outbox/create-outbox.migration.js';

export interface ServiceDatabase {
  /** The Postgres schema that the service owns; no other service reads it. */
  schema: string;
  entities: Type[];
  migrations: Type[];
}

export interface DatabaseLimits {
  /** For a connection, with the wait for a free one of the pool. */
  connectMs: number;
  /** For one statement; 0 is without end. */
  queryMs: number;
}

const POOL_SIZE = 10;
/** A caller is waiting: a stopped Postgres must become a 503 within a second. */
export const serviceLimits: DatabaseLimits = { connectMs: 800, queryMs: 10_000 };
/** No caller is waiting, and a failure costs more than a long wait: migrations, maintenance commands. */
export const jobLimits: DatabaseLimits = { connectMs: 30_000, queryMs: 0 };

/** TypeORM's options for one service: its own schema, its outbox, migrations run by `migrate`, never by itself. */
export function dataSourceOptions(
  url: string,
  database: ServiceDatabase,
  limits = jobLimits,
): DataSourceOptions {
  return {
    type: 'postgres',
    // The module that our client extends: TypeORM would look for one by itself, which need not be the same.
    driver: pg,
    url,
    schema: database.schema,
    entities: [OutboxMessage, DeadLetter, ...database.entities],
    migrations: [CreateOutbox1700000000000, ...database.migrations, CreateDeadLetters1765030000000],
    migrationsTableName: 'migrations',
    synchronize: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    extra: {
      Client: ObservedClient,
      types: jsonTypes(),
      max: POOL_SIZE,
      connectionTimeoutMillis: limits.connectMs,
      query_timeout: limits.queryMs,
      statement_timeout: limits.queryMs,
      // Migrations are plain SQL: unqualified names in them mean this schema too.
      options: `-c search_path="${database.schema}"`,
      application_name: `patchbay-${database.schema}`,
    },
  };
}

/** What is kept as JSON is read as it was written: its numbers keep their digits. */
function jsonTypes() {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.JSON, readJson);
  types.setTypeParser(pg.types.builtins.JSONB, readJson);
  return types;
}
