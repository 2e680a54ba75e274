import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from './database.js';
import { areMigrated, noteMigrated, type OwnedSchema } from './migrated.js';
import { startPostgres, type PostgresServer } from './postgres.js';

const root = mkdtempSync(join(tmpdir(), 'patchbay-migrated-'));
const write = (name: string, text: string) => {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
};
let postgres: PostgresServer;
let schemas: OwnedSchema[];
const admin = (text: string) => withClient(postgres.url, (client) => client.query(text));

beforeAll(async () => {
  postgres = await startPostgres({ ephemeral: true });
  schemas = ['one', 'two'].map((service) => {
    const url = new URL(postgres.url);
    url.username = `role_${service}`;
    return { service, url: url.href };
  });
  const { password } = new URL(postgres.url);
  for (const { service } of schemas) {
    await admin(`create role role_${service} login password '${password}'`);
  }
});
afterAll(async () => {
  await postgres.stop();
  rmSync(root, { recursive: true });
});
beforeEach(async () => {
  write('libs/database/dist/migrate.js', 'the job');
  for (const { service } of schemas) {
    write(`apps/${service}/dist/database.js`, 'its entities');
    write(`apps/${service}/dist/migrations/1-first.js`, 'create table');
    await admin(`drop schema if exists ${service} cascade`);
    await admin(`create schema ${service} authorization role_${service}`);
    await admin(`create table ${service}.migrations (id int)`);
    await admin(`alter table ${service}.migrations owner to role_${service}`);
    await admin(`insert into ${service}.migrations values (1)`);
  }
});

describe('schemas that a migrations job has left', () => {
  it('are up to date once that is noted, and need no second job', async () => {
    expect(await areMigrated(root, schemas)).toBe(false);
    await noteMigrated(root, schemas);
    expect(await areMigrated(root, schemas)).toBe(true);
  });

  it.each<[string, () => unknown]>([
    ['a migration is new', () => write('apps/two/dist/migrations/2-second.js', 'alter table')],
    ['a migration is another one', () => write('apps/one/dist/migrations/1-first.js', 'create view')],
    ['the job is another one', () => write('libs/database/dist/roles.js', 'grant')],
    ['a schema was dropped', () => admin('drop schema two cascade')],
    ['a migration was reverted', () => admin('delete from two.migrations')],
    ['a schema was given to another role', () => admin('alter table one.migrations owner to patchbay')],
  ])('are not when %s', async (_, change) => {
    await noteMigrated(root, schemas);
    await change();
    expect(await areMigrated(root, schemas)).toBe(false);
    rmSync(join(root, 'apps/two/dist/migrations/2-second.js'), { force: true });
    rmSync(join(root, 'libs/database/dist/roles.js'), { force: true });
  });

  it('are not when a role has another password', async () => {
    await noteMigrated(root, schemas);
    const [one, ...others] = schemas.map((schema) => ({ ...schema }));
    const url = new URL(String(one?.url));
    url.password = 'of a new home';
    expect(await areMigrated(root, [{ service: 'one', url: url.href }, ...others])).toBe(false);
  });
});
