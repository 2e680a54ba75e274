import { createDatabase } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSourceOptions } from './data-source.options.js';
import { listWithinTime } from './within-time.js';
import { notes } from '../test/note.js';

let dataSource: DataSource;
beforeAll(async () => {
  dataSource = await new DataSource(dataSourceOptions(await createDatabase(), notes('auth'))).initialize();
});
afterAll(() => dataSource?.destroy());

describe('the query of a list', () => {
  const list = (sql: string, limitMs?: number) =>
    listWithinTime(dataSource, 'by a time range', (manager) => manager.query<unknown[]>(sql), limitMs);

  it('is ended by Postgres when it takes too long, and says how to narrow it', async () => {
    await expect(list('SELECT pg_sleep(60)', 50)).rejects.toMatchObject({
      code: 'invalid_request',
      message: 'The search took longer than 0.05 seconds.',
      suggestion: 'Narrow it: by a time range.',
    });
    const [{ count } = { count: '' }] = await dataSource.query<{ count: string }[]>(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(60)' AND state = 'active'",
    );
    expect(count).toBe('0');
  });

  it('answers what it found, also when that is nothing, and its own errors', async () => {
    expect(await list('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await list('SELECT 1 WHERE false')).toEqual([]);
    await expect(list('SELECT nothing')).rejects.toThrow('column "nothing" does not exist');
  });
});
