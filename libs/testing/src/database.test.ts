import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres } from '@patchbay/local';
import pg from 'pg';
import { createDatabase } from './database.js';

describe('createDatabase', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;

  beforeAll(async () => {
    postgres = await startPostgres({ ephemeral: true });
  });

  afterAll(() => postgres?.stop());

  const rows = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('gives each caller an empty database of its own', async () => {
    const [first, second] = await Promise.all([createDatabase(postgres.url), createDatabase(postgres.url)]);
    expect(first).not.toBe(second);
    await rows(first, 'CREATE TABLE things (id int)');
    const tables = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`;
    expect(await rows(first, tables)).toEqual([{ table_name: 'things' }]);
    expect(await rows(second, tables)).toEqual([]);
  });
});
