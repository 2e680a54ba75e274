import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as contracts from '@patchbay/contracts';
import { SERVICES } from '@patchbay/contracts';
import { createDatabase } from '@patchbay/testing';
import { permissionsOf } from '../../infra/nats/permissions.mjs';
import { environment } from '../support/environment.js';
import { misunderstood, readMessages, refusals, type Messages } from '../support/release.messages.mjs';
import { migrateTo, owners } from '../support/release.migrations.mjs';
import { brokenFor, readSchema, type Table } from '../support/release.schema.mjs';

/**
 * What the last release cannot live with, and why that is borne: what happens to it while both versions run. Empty again
 * at the next release.
 */
const BORNE: Record<string, string> = {};

/** The same of messages, by an expression for what is found. */
const BORNE_MESSAGES: [found: RegExp, why: string][] = [
  [
    /^logs\.(audit\.list|calls\.list|usage\.get), of the release: \.(from|to|changedSince) has a (min|max)imum/,
    'A time before 1970 or after 9999 is refused, as this version refuses it.',
  ],
  [
    /^auth\.projects\.updateSettings, of the release: \.changes\.logoUrl has a maxLength/,
    'An address of a logo above 2,000 characters is refused, as this version refuses it.',
  ],
  [
    /^sessions\.(mcpInstances\.(create|open)|sessions\.create), of the release: \.(holder\.)?userId has to be of the pattern/,
    'A user id with a NUL is refused, which Postgres could not store.',
  ],
];

const changelog = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
const version = /^## (\d+\.\d+\.\d+)/m.exec(changelog)?.[1] ?? 'none';
const file = new URL(`../releases/${version}.json`, import.meta.url);
const messagesFile = new URL(`../releases/${version}.messages.json`, import.meta.url);

describe('the last release', () => {
  let databaseUrl: string;
  let release: { migrations: Record<string, string[]>; tables: Record<string, Table> };

  beforeAll(async () => {
    databaseUrl = await createDatabase(environment.databaseUrl);
    release = JSON.parse(readFileSync(file, 'utf8')) as typeof release;
  });

  it('is written down: node infra/verify/release-schema.mjs VERSION', () => {
    expect(existsSync(file)).toBe(true);
    expect(existsSync(messagesFile)).toBe(true);
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

describe('what services say to those of the last release', () => {
  const { messages, sends } = JSON.parse(readFileSync(messagesFile, 'utf8')) as {
    messages: Messages;
    sends: Record<string, string[]>;
  };
  const now = readMessages(contracts);

  it('is understood while both run, and so is what they say', () => {
    const found = misunderstood(messages, now);
    expect(found.filter((text) => !BORNE_MESSAGES.some(([borne]) => borne.test(text)))).toEqual([]);
    expect(BORNE_MESSAGES.filter(([borne]) => !found.some((text) => borne.test(text)))).toEqual([]);
  });

  it('may be sent by the new permissions', () => {
    const refused = SERVICES.flatMap((name) => {
      const allowed = permissionsOf(name).publish.map(([subject]) => subject);
      return (sends[name] ?? [])
        .filter((subject) => !allowed.includes(subject))
        .map((subject) => `${name}: ${subject}`);
    });
    expect(refused).toEqual([]);
  });

  it('would not be understood if it were what the rule is there for', () => {
    const object = (properties: object, required: string[] = [], additionalProperties: unknown = false) => ({
      type: 'object',
      properties,
      required,
      additionalProperties,
    });
    const text = { type: 'string' };
    const before = object({ kind: { enum: ['a', 'b'], ...text }, at: { type: 'number' }, list: text });
    const after = object(
      { kind: { const: 'a', ...text }, at: { type: 'integer', minimum: 0 }, list: { type: 'array' } },
      ['at'],
    );
    expect(refusals(before, after)).toEqual([
      '.at can be missing',
      '.kind is "b", and that is not known',
      '.at is number, and has to be integer',
      '.list is string, and has to be array',
    ]);
    expect(refusals(object({ more: text }), object({}))).toEqual(['.more is not known']);
    expect(refusals(object({}, [], text), object({}))).toEqual([' can have any name in it']);
    expect(refusals({ type: ['string', 'null'] }, text)).toEqual([' is null, and has to be string']);

    // What a release is told may have what is new, but not without what it knows.
    const told = (sent: object, heard: object) => refusals(sent, heard, { isNewer: true });
    expect(told(before, object({ kind: { const: 'a' }, at: { type: 'number' } }))).toEqual([]);
    expect(told(object({ more: text }, ['more']), object({}))).toEqual(['.more is not known']);
    expect(told({ enum: ['c', 'd'] }, { enum: ['a'] })).toHaveLength(2);
    expect(misunderstood({ gone: { kind: 'signal', sent: {}, heard: {} } }, {})).toEqual([
      'gone is nothing that anybody hears',
    ]);
  });
});
