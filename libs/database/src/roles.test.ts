import { beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, runSql } from '@patchbay/testing';
import { notes as databaseOf } from '../test/note.js';
import { migrate } from './migrations.js';
import { grantSchema } from './roles.js';

const notes = databaseOf('notes');
const letters = databaseOf('letters');

describe('grantSchema', () => {
  let admin: string;

  beforeEach(async () => {
    admin = await createDatabase();
  });

  /** Roles belong to the whole server: each test has some of its own. */
  function urlOf(role: string, password = 'secret'): string {
    const url = new URL(admin);
    url.username = `${role}_${url.pathname.slice(1)}`;
    url.password = encodeURIComponent(password);
    return url.href;
  }

  async function migrated(database: typeof notes, password?: string): Promise<string> {
    const own = urlOf(database.schema, password);
    await grantSchema(admin, own, database.schema);
    await migrate(own, database);
    return own;
  }

  it('lets each service at its own tables, and at nothing of another', async () => {
    const mine = await migrated(notes);
    const other = await migrated(letters);
    await runSql(other, `INSERT INTO letters.notes (id) VALUES ('a secret')`);
    expect(await runSql(other, 'SELECT id FROM letters.notes')).toEqual([{ id: 'a secret' }]);
    for (const attempt of [
      'SELECT id FROM letters.notes',
      `INSERT INTO letters.notes (id) VALUES ('x')`,
      'DELETE FROM letters.outbox',
      'CREATE TABLE letters.mine (id text)',
      'DROP SCHEMA letters CASCADE',
      'ALTER TABLE letters.notes OWNER TO CURRENT_USER',
      'CREATE SCHEMA another',
      'CREATE ROLE another',
      `SET ROLE "${new URL(other).username}"`,
      `COPY letters.notes TO PROGRAM 'cat'`,
    ]) {
      await expect(runSql(mine, attempt)).rejects.toThrow(/permission denied|must be owner/);
    }
  });

  it('takes over what one role for everything had made before, rows and all', async () => {
    await migrate(admin, notes);
    await runSql(admin, `INSERT INTO notes.notes (id) VALUES ('from before')`);
    await runSql(admin, 'CREATE FUNCTION notes.answer() RETURNS int LANGUAGE sql AS $$ SELECT 42 $$');
    const own = await migrated(notes);
    expect(await runSql(own, 'SELECT id FROM notes.notes')).toEqual([{ id: 'from before' }]);
    // Migrations to come change tables and functions, which only their owner may.
    await runSql(own, 'ALTER TABLE notes.notes ADD COLUMN mood text');
    await runSql(own, 'DROP FUNCTION notes.answer()');
  });

  it('is harmless a second time, also at once, and takes a changed password', async () => {
    const own = await migrated(notes);
    await Promise.all([grantSchema(admin, own, 'notes'), grantSchema(admin, own, 'notes')]);
    const changed = await migrated(notes, `it's "new" %I`);
    expect(await runSql(changed, 'SELECT count(*)::int AS n FROM notes.notes')).toEqual([{ n: 0 }]);
  });

  it('leaves everything as it is for the role that everything belongs to', async () => {
    await migrate(admin, notes);
    await grantSchema(admin, admin, 'notes');
    expect(await migrate(admin, notes)).toEqual([]);
  });
});
