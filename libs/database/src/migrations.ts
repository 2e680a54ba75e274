import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { connectionOptions, isPooled, jobLimits } from './connection.options.js';
import { CreateDeadLetters1765030000000 } from './dead-letters/create-dead-letters.migration.js';
import { CreateOutbox1700000000000 } from './outbox/create-outbox.migration.js';

export interface ServiceMigrations {
  /** The Postgres schema that the service owns; no other service reads it. */
  schema: string;
  /** In the order in which they are run. */
  migrations: (new () => MigrationInterface)[];
}

/** Any number will do, as long as all who migrate use the same. */
export const MIGRATION_LOCK = 7_246_001;

/**
 * Brings a service's schema to its newest migration; others who try at the same time wait.
 * @param only the names of those that may run: as far as another release had come
 * @returns the names of the migrations that ran
 */
export async function migrate(
  url: string,
  database: ServiceMigrations,
  only?: ReadonlySet<string>,
): Promise<string[]> {
  if (isPooled(url)) throw new Error("Migrations need the address of Postgres itself, not a pooler's.");
  const dataSource = new DataSource({
    ...connectionOptions(url, database.schema, jobLimits),
    migrations: allMigrations(database).filter(({ name }) => !only || only.has(name)),
  });
  await dataSource.initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    // A role that was given its schema may not create one.
    const [found] = (await lock.query('SELECT to_regnamespace($1) AS schema', [`"${database.schema}"`])) as {
      schema: string | null;
    }[];
    if (!found?.schema) await lock.query(`CREATE SCHEMA IF NOT EXISTS "${database.schema}"`);
    await requireOwnSchema(lock, database.schema);
    // The pool's connections looked for the schema when it may not have been there yet.
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map(({ name }) => name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await lock.release();
    await dataSource.destroy();
  }
}

/** Behind a pooler that leaves out what a connection asks for, the tables would be made in another schema. */
async function requireOwnSchema(runner: QueryRunner, schema: string): Promise<void> {
  const [found] = (await runner.query('SELECT current_schema() AS schema')) as { schema: string | null }[];
  if (found?.schema === schema) return;
  throw new Error(
    `The connection means the schema "${found?.schema}" and not "${schema}". Migrations need the address of Postgres itself, not a pooler's.`,
  );
}

/** A service's own migrations between those of the tables that every service has. */
export function allMigrations({ migrations }: ServiceMigrations): ServiceMigrations['migrations'] {
  return [CreateOutbox1700000000000, ...migrations, CreateDeadLetters1765030000000];
}
