import type { Type } from '@nestjs/common';
import { readJson } from '@patchbay/contracts';
import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { connectionOptions, jobLimits } from './connection.options.js';
import { DeadLetter } from './dead-letters/dead-letter.entity.js';
import { allMigrations, type ServiceMigrations } from './migrations.js';
import { ObservedClient } from './observed.client.js';
import { OutboxMessage } from './outbox/outbox-message.entity.js';

export interface ServiceDatabase extends ServiceMigrations {
  entities: Type[];
}

/** TypeORM's options for one service: its own schema, its outbox, migrations run by `migrate`, never by itself. */
export function dataSourceOptions(
  url: string,
  database: ServiceDatabase,
  limits = jobLimits,
): DataSourceOptions {
  const connection = connectionOptions(url, database.schema, limits);
  return {
    ...connection,
    entities: [OutboxMessage, DeadLetter, ...database.entities],
    migrations: allMigrations(database),
    extra: { ...connection.extra, Client: ObservedClient, types: jsonTypes() },
  };
}

/** What is kept as JSON is read as it was written: its numbers keep their digits. */
function jsonTypes() {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.JSON, readJson);
  types.setTypeParser(pg.types.builtins.JSONB, readJson);
  return types;
}
