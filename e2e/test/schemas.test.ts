import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { dataSourceOptions, migrate, type ServiceDatabase } from '@patchbay/database';
import { createDatabase } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { environment } from '../support/environment.js';

const apps = new URL('../../apps/', import.meta.url);
const builtDatabase = (service: string) => fileURLToPath(new URL(`${service}/dist/database.js`, apps));
const services = readdirSync(apps).filter((service) => existsSync(builtDatabase(service)));

/** Of every service that has a schema in Postgres. */
describe.each(services)('the database of %s', (service) => {
  let database: ServiceDatabase;
  beforeAll(async () => {
    ({ database } = (await import(builtDatabase(service))) as { database: ServiceDatabase });
  });

  it('is, after its migrations, what the entities say', async () => {
    const url = await createDatabase(environment.databaseUrl);
    await migrate(url, database);
    const dataSource = await new DataSource(dataSourceOptions(url, database)).initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('goes back to nothing, and forward again', async () => {
    const url = await createDatabase(environment.databaseUrl);
    const applied = await migrate(url, database);
    const dataSource = await new DataSource(dataSourceOptions(url, database)).initialize();
    try {
      for (const _ of applied) await dataSource.undoLastMigration();
    } finally {
      await dataSource.destroy();
    }
    expect(await migrate(url, database)).toEqual(applied);
    expect(await migrate(url, database)).toEqual([]);
  });
});
