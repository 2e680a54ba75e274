import { describe, expect, it } from 'vitest';
import pg from 'pg';
import { createDatabase } from './database.js';

describe('createDatabase', () => {
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
    const [first, second] = await Promise.all([createDatabase(), createDatabase()]);
    expect(first).not.toBe(second);
    await rows(first, 'CREATE TABLE things (id int)');
    const tables = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`;
    expect(await rows(first, tables)).toEqual([{ table_name: 'things' }]);
    expect(await rows(second, tables)).toEqual([]);
  });
});
