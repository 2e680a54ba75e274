import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataSourceOptions, migrate } from '@patchbay/database';
import { createLogger } from '@patchbay/service';
import { createDatabase } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { logsConfig } from '../config.js';
import { database } from '../database.js';
import { PartitionManager } from './partition.manager.js';

const DAY_MS = 24 * 3_600_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
const nameOf = (time: Date) => `calls_${time.toISOString().slice(0, 10).replaceAll('-', '')}`;

let dataSource: DataSource;
let url = '';

beforeEach(async () => {
  url = await createDatabase();
  await migrate(url, database);
  dataSource = await new DataSource(dataSourceOptions(url, database)).initialize();
});
afterEach(() => dataSource.destroy());

function newManager(retentionDays = 30): PartitionManager {
  const settings = { DATABASE_URL: url, PATCHBAY_LOG_RETENTION_DAYS: retentionDays };
  return new PartitionManager(dataSource, logsConfig.parse(settings), createLogger('logs', 'silent'));
}
/** What a start of the service does: it maintains the partitions once. */
async function sweep(retentionDays?: number): Promise<void> {
  const manager = newManager(retentionDays);
  manager.onApplicationBootstrap();
  await manager.onModuleDestroy();
}
async function partitions(): Promise<string[]> {
  const rows: { name: string }[] = await dataSource.query(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'logs.calls'::regclass`,
  );
  return rows.map(({ name }) => name).toSorted();
}
async function insert(id: string, startedAt: Date): Promise<void> {
  await dataSource.query(
    `INSERT INTO calls (id, started_at, project_id, user_id, request_id, toolkit, tool_slug, status, arguments)
     VALUES ($1, $2, 'proj_a', 'ann', 'req_1', 'github', 'GITHUB_X', 'running', '{}')`,
    [id, startedAt],
  );
}
const ids = async () =>
  ((await dataSource.query('SELECT id FROM calls ORDER BY id')) as { id: string }[]).map(({ id }) => id);

describe('PartitionManager', () => {
  it('has a partition ready for today and for tomorrow, and makes none twice', async () => {
    const ready = [nameOf(daysAgo(0)), nameOf(daysAgo(-1)), 'calls_default'].toSorted();
    await sweep();
    expect(await partitions()).toEqual(ready);
    await Promise.all([sweep(), sweep()]);
    expect(await partitions()).toEqual(ready);
  });

  it('drops the days past the retention with their calls, and no other', async () => {
    const days = [400, 32, 31, 30, 29, 1, 0];
    const manager = newManager();
    for (const day of days) await manager.ensure('calls', daysAgo(day));
    for (const day of days) await insert(`log_${day}`, daysAgo(day));
    await sweep(30);
    expect(await ids()).toEqual(['log_0', 'log_1', 'log_29', 'log_30']);
    expect(await partitions()).toEqual(
      [...[30, 29, 1, 0, -1].map((day) => nameOf(daysAgo(day))), 'calls_default'].toSorted(),
    );
  });

  it('maintains events as it does calls, and drops old usage and rejected events', async () => {
    const manager = newManager();
    for (const day of [31, 30]) await manager.ensure('events', daysAgo(day));
    for (const table of ['usage', 'tool_usage']) {
      await dataSource.query(
        `INSERT INTO ${table} VALUES ('proj_a', $1, 'a', 'github', 1, 0, 1), ('proj_a', $2, 'a', 'github', 1, 0, 1)`,
        [daysAgo(401), daysAgo(399)],
      );
    }
    await dataSource.query(
      `INSERT INTO rejected_events (subject, sequence, published_at, rejected_at, reason, body)
       VALUES ('events.x', 1, now(), $1, 'old', ''), ('events.x', 2, now(), $2, 'new', '')`,
      [daysAgo(31), daysAgo(29)],
    );
    await sweep(30);
    const names = await dataSource.query<{ name: string }[]>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'logs.events'::regclass`,
    );
    const days = [30, 0, -1].map((day) => nameOf(daysAgo(day)).replace('calls', 'events'));
    expect(names.map(({ name }) => name).toSorted()).toEqual([...days, 'events_default'].toSorted());
    for (const table of ['usage', 'tool_usage']) {
      expect(await dataSource.query(`SELECT calls FROM ${table}`)).toHaveLength(1);
    }
    expect(await dataSource.query('SELECT reason FROM rejected_events')).toEqual([{ reason: 'new' }]);
  });

  it('keeps the audit by months for a time of its own, and to the day', async () => {
    const month = (days: number) => `audit_${daysAgo(days).toISOString().slice(0, 7).replace('-', '')}`;
    const manager = newManager();
    for (const day of [500, 401, 399, 31]) {
      await manager.ensure('audit', daysAgo(day));
      await dataSource.query(
        `INSERT INTO audit (at, id, action, actor_kind, target_type, target_id, changed, outcome)
         VALUES ($1, $2, 'project.deleted', 'organisation', 'project', 'proj_a', '[]', 'done')`,
        [daysAgo(day), `evt_${day}`],
      );
    }
    expect(manager.isWithinRetention('audit', daysAgo(399))).toBe(true);
    expect(manager.isWithinRetention('audit', daysAgo(401))).toBe(false);
    expect(manager.isWithinRetention('calls', daysAgo(31))).toBe(false);
    await sweep(30);
    const rows = await dataSource.query<{ id: string }[]>('SELECT id FROM audit ORDER BY at');
    expect(rows.map(({ id }) => id)).toEqual(['evt_399', 'evt_31']);
    const names = await dataSource.query<{ name: string }[]>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'logs.audit'::regclass`,
    );
    const made = [500, 401, 399, 31, 0, -1].map(month);
    const kept = [...new Set(made.filter((name) => name >= month(400))), 'audit_default'];
    expect(names.map(({ name }) => name).toSorted()).toEqual(kept.toSorted());
  });

  it('leaves tables that are none of its own alone', async () => {
    await dataSource.query('CREATE TABLE calls_20200101 (id text)');
    await dataSource.query(
      `CREATE TABLE calls_archive PARTITION OF calls FOR VALUES FROM ('2020-01-01Z') TO ('2020-02-01Z')`,
    );
    await sweep(1);
    expect(await partitions()).toContain('calls_archive');
    expect(await dataSource.query('SELECT * FROM calls_20200101')).toEqual([]);
  });

  it('drops calls past the retention that had no partition of their own', async () => {
    await insert('log_stray', daysAgo(31));
    await sweep(30);
    expect(await ids()).toEqual([]);
  });

  it('goes on when a day has calls already that had no partition of their own', async () => {
    // As after another replica dropped a partition which this one remembered.
    await insert('log_early', daysAgo(5));
    const manager = newManager();
    await manager.ensure('calls', daysAgo(5));
    await insert('log_late', daysAgo(5));
    expect(await ids()).toEqual(['log_early', 'log_late']);
  });
});
