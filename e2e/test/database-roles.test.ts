import { describe, expect, it } from 'vitest';
import { runSql } from '@patchbay/testing';
import { environment } from '../support/environment.js';

describe('the database roles of the services', () => {
  const { databaseLogins, databaseUrl } = environment;
  const OWNERS = Object.keys(databaseLogins);

  /** Postgres itself, with or without a pooler in front. */
  function urlOf(service: string): string {
    const login = new URL(databaseLogins[service] ?? '');
    const url = new URL(databaseUrl);
    url.username = login.username;
    url.password = login.password;
    return url.href;
  }

  const tablesOf = async (schema: string): Promise<string[]> => {
    const rows = await runSql(
      databaseUrl,
      `SELECT tablename FROM pg_tables WHERE schemaname = '${schema}' ORDER BY tablename`,
    );
    return rows.map(({ tablename }) => String(tablename));
  };

  it.each(OWNERS)('%s reads every table of its own, and none of another', async (service) => {
    const url = urlOf(service);
    const readAll = async (owner: string) => {
      const tables = await tablesOf(owner);
      expect(tables.length).toBeGreaterThan(1);
      return Promise.allSettled(
        tables.map((table) => runSql(url, `SELECT 1 FROM ${owner}."${table}" LIMIT 1`)),
      );
    };
    const own = await readAll(service);
    expect(own.filter(({ status }) => status === 'rejected')).toEqual([]);
    for (const other of OWNERS.filter((owner) => owner !== service)) {
      for (const reading of await readAll(other)) {
        expect(reading).toMatchObject({
          status: 'rejected',
          reason: { message: expect.stringMatching(/permission denied for schema/) },
        });
      }
    }
  });

  it('are what the services are connected as', async () => {
    const rows = await runSql(
      databaseUrl,
      `SELECT DISTINCT usename, application_name FROM pg_stat_activity WHERE application_name LIKE 'patchbay-%'`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(OWNERS.length);
    for (const { usename, application_name: name } of rows) {
      expect(usename).toBe(String(name).replace('-', '_'));
    }
  });
});
