import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Where the run's Postgres is: see `postgres.setup.ts`. */
export const POSTGRES = 'PATCHBAY_TEST_POSTGRES';

/**
 * A fresh, empty database for one test file. Gives its URL.
 *
 * @param serverUrl a server of the test's own, for one that stops it; the run's by default
 */
export async function createDatabase(serverUrl = process.env[POSTGRES]): Promise<string> {
  if (!serverUrl) throw new Error('This workspace needs `withPostgres` in its vitest.config.ts.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Changes what no interface can, such as the time. */
export async function runSql(databaseUrl: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}
