import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '@patchbay/testing';
import { environment } from '../support/environment.js';
import { migrateTo, owners } from '../support/release.migrations.mjs';
import { brokenFor, readSchema, type Table } from '../support/release.schema.mjs';

/**
 * What the last release cannot live with, and why that is borne: what happens to it while both versions run. Empty again
 * at the next release.
 */
const BORNE: Record<string, string> = {};

const changelog = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
const version = /^## (\d+\.\d+\.\d+)/m.exec(changelog)?.[1] ?? 'none';
const file = new URL(`../releases/${version}.json`, import.meta.url);

describe('the last release', () => {
  let databaseUrl: string;
  let release: { migrations: Record<string, string[]>; tables: Record<string, Table> };

  beforeAll(async () => {
    databaseUrl = await createDatabase(environment.databaseUrl);
    release = JSON.parse(readFileSync(file, 'utf8')) as typeof release;
  });

  it('is written down: node infra/verify/release-schema.mjs VERSION', () => {
    expect(existsSync(file)).toBe(true);
  });

  it('had migrations of which none was edited since', async () => {
    await migrateTo(databaseUrl, release.migrations);
    expect(await readSchema(databaseUrl, owners)).toEqual(release.tables);
  });

  it('lives with the migrations that came since: nothing that it uses is dropped, renamed or demanded', async () => {
    await migrateTo(databaseUrl);
    const now = await readSchema(databaseUrl, owners);
    expect(Object.keys(now).length).toBeGreaterThan(Object.keys(release.tables).length);
    expect(brokenFor(release.tables, now)).toEqual(Object.keys(BORNE));
  });

  it('would not live with what the rule is there for', () => {
    const column = { type: 'text', isNullable: true, hasDefault: false };
    const before = {
      'a.t': { columns: { x: column, y: column }, unique: ['btree (x)'] },
      'a.u': { columns: {}, unique: [] },
    };
    const after = {
      'a.t': {
        columns: { x: { ...column, type: 'uuid' }, z: { ...column, isNullable: false } },
        unique: ['btree (z)'],
      },
    };
    expect(brokenFor(before, after)).toEqual([
      'a.t.x was text and is uuid',
      'a.t.y is gone',
      'a.t.z is new, and no insert of the release has a value for it',
      'a.t has no key btree (x) any more',
      'a.t has a new key btree (z)',
      'a.u is gone',
    ]);
  });
});
