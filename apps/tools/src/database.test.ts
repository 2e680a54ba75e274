import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataSourceOptions, migrate } from '@patchbay/database';
import { createDatabase, startPostgres } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { database } from './database.js';

describe("the service's database", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    postgres = await startPostgres({ ephemeral: true });
  });
  afterAll(() => postgres?.stop());

  it('is, after its migrations, what the entities say', async () => {
    const url = await createDatabase(postgres.url);
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
    const url = await createDatabase(postgres.url);
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
