import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase, startPostgres } from '@patchbay/testing';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { notes } from '../test/note.js';
import { serviceLimits } from './connection.options.js';
import { dataSourceOptions, type ServiceDatabase } from './data-source.options.js';
import { migrate } from './migrations.js';

const NAMES = ['CreateOutbox1700000000000', 'CreateNotes1764000000000', 'CreateDeadLetters1765030000000'];

/** Half of it works. */
class BreakNotes1767000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half (id text)');
    await runner.query('ALTER TABLE nowhere ADD COLUMN mood text');
  }

  async down(): Promise<void> {}
}

/** Writes down how long a statement of a migration may take. */
class NoteLimit1766000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE limits AS SELECT current_setting('statement_timeout') AS statement`);
  }

  async down(): Promise<void> {}
}

describe('migrate', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let url: string;

  beforeAll(async () => {
    postgres = await startPostgres({ ephemeral: true });
  });

  beforeEach(async () => {
    url = await createDatabase(postgres.url);
  });

  afterAll(() => postgres?.stop());

  async function query<T>(sql: string): Promise<T[]> {
    const dataSource = await new DataSource({ type: 'postgres', url }).initialize();
    try {
      return await dataSource.query<T[]>(sql);
    } finally {
      await dataSource.destroy();
    }
  }

  const tables = async () =>
    (
      await query<{ name: string }>(
        `SELECT schemaname || '.' || tablename AS name FROM pg_tables
         WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY name`,
      )
    ).map(({ name }) => name);

  it('makes the schema and its tables, and is harmless when there is nothing to do', async () => {
    expect(await migrate(url, notes('auth'))).toEqual(NAMES);
    await query(`INSERT INTO auth.notes (id) VALUES ('kept')`);
    expect(await migrate(url, notes('auth'))).toEqual([]);
    expect(await tables()).toEqual(['auth.dead_letters', 'auth.migrations', 'auth.notes', 'auth.outbox']);
    expect(await query('SELECT id FROM auth.notes')).toEqual([{ id: 'kept' }]);
  });

  it('runs each migration once when several try at the same time', async () => {
    const ran = await Promise.all([1, 2, 3].map(() => migrate(url, notes('auth'))));
    expect(ran.flat()).toEqual(NAMES);
    expect(await query('SELECT name FROM auth.migrations ORDER BY id')).toEqual(
      NAMES.map((name) => ({ name })),
    );
  });

  it('gives every service a schema of its own, and leaves the others alone', async () => {
    const ran = await Promise.all(['auth', 'tools'].map((schema) => migrate(url, notes(schema))));
    expect(ran).toEqual([NAMES, NAMES]);
    expect(await tables()).toEqual([
      'auth.dead_letters',
      'auth.migrations',
      'auth.notes',
      'auth.outbox',
      'tools.dead_letters',
      'tools.migrations',
      'tools.notes',
      'tools.outbox',
    ]);
  });

  it('makes just what the entities say', async () => {
    await migrate(url, notes('auth'));
    const dataSource = await new DataSource(dataSourceOptions(url, notes('auth'))).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query: sql }) => sql)).toEqual([]);
  });

  it('gives a migration, and the wait for another one, all the time they need', async () => {
    await migrate(url, { ...notes('auth'), migrations: [NoteLimit1766000000000] });
    expect(await query('SELECT statement FROM auth.limits')).toEqual([{ statement: '0' }]);
  });

  it('waits for a Postgres that is slow to answer', async () => {
    const pid = Number(postgres.pid);
    process.kill(pid, 'SIGSTOP');
    const longerThanServicesWait = setTimeout(
      () => process.kill(pid, 'SIGCONT'),
      serviceLimits.connectMs + 400,
    );
    try {
      expect(await migrate(url, notes('auth'))).toEqual(NAMES);
    } finally {
      clearTimeout(longerThanServicesWait);
      process.kill(pid, 'SIGCONT');
    }
  });

  it('leaves nothing of a failed migration behind, and blocks no later one', async () => {
    const plain = notes('auth');
    const broken: ServiceDatabase = { ...plain, migrations: [...plain.migrations, BreakNotes1767000000000] };
    // TypeORM says it on the console as well.
    const log = vi.spyOn(console, 'log').mockReturnValue();
    await expect(migrate(url, broken)).rejects.toThrow('nowhere');
    log.mockRestore();
    expect(await tables()).toEqual(['auth.dead_letters', 'auth.migrations', 'auth.notes', 'auth.outbox']);
    expect(await migrate(url, plain)).toEqual([]);
  });
});
