import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, encodeCursor, type Page, type PageRequest } from '@patchbay/contracts';
import { createDatabase } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { Note, notes } from '../test/note.js';
import { dataSourceOptions } from './data-source.options.js';
import { migrate } from './migrations.js';
import { pageByTime } from './page-by-time.js';

const NOON = Date.parse('2026-01-01T12:00:00.000Z');

describe('pageByTime', () => {
  let dataSource: DataSource;

  beforeAll(async () => {
    const url = await createDatabase();
    await migrate(url, notes('pages'));
    dataSource = await new DataSource(dataSourceOptions(url, notes('pages'))).initialize();
  });

  beforeEach(() => dataSource.getRepository(Note).clear());

  afterAll(async () => {
    await dataSource?.destroy();
  });

  const insert = (id: string, milliseconds: number) =>
    dataSource.getRepository(Note).insert({ id, createdAt: new Date(NOON + milliseconds) });
  const page = (request: PageRequest) =>
    pageByTime(dataSource.getRepository(Note).createQueryBuilder('note'), 'note', request);
  const idsOf = ({ items }: Page<Note>) => items.map(({ id }) => id);

  /** Every page until the last, with something happening between two of them. */
  async function walk(limit: number, between: (page: number) => Promise<unknown> = () => Promise.resolve()) {
    const pages: Page<Note>[] = [];
    let cursor: string | undefined;
    do {
      const next = await page({ limit, cursor });
      pages.push(next);
      cursor = next.nextCursor ?? undefined;
      await between(next.page);
    } while (cursor);
    return pages;
  }

  it('answers an empty table with one empty page', async () => {
    expect(await page({ limit: 5 })).toEqual({ items: [], nextCursor: null, total: 0, page: 1 });
  });

  it('walks every row once, newest first, though many are of the same millisecond', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({ id: `note-${index}`, at: index % 3 }));
    for (const { id, at } of rows) await insert(id, at);
    const pages = await walk(7);
    expect(pages.map(({ page: number, total }) => [number, total])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [number, 30]),
    );
    const items = pages.flatMap((one) => one.items);
    expect(items.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
    const times = items.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('has no further page when the last row is the last of a page', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await insert(id, 0);
    const pages = await walk(2);
    expect(pages.map(idsOf)).toEqual([
      ['d', 'c'],
      ['b', 'a'],
    ]);
  });

  it('neither repeats nor hides a row when others are added meanwhile', async () => {
    const before = Array.from({ length: 20 }, (_, index) => `old-${index}`);
    for (const [index, id] of before.entries()) await insert(id, index % 4);
    const pages = await walk(3, async (number) => {
      await insert(`new-${number}`, 1_000 + number);
      await insert(`same-${number}`, 3);
    });
    const seen = pages.flatMap(idsOf);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => id.startsWith('old-')).sort()).toEqual([...before].sort());
  });

  it('neither repeats nor hides a row when others are deleted meanwhile', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `note-${index}`);
    for (const [index, id] of ids.entries()) await insert(id, -index);
    const pages = await walk(3, (number) =>
      // The row that the cursor names, and one before it.
      dataSource.getRepository(Note).delete([`note-${number * 3 - 1}`, `note-${number * 3 - 2}`]),
    );
    expect(pages.flatMap(idsOf)).toEqual(ids);
  });

  it('stays within the rows that the query is about', async () => {
    for (const [index, id] of ['a-1', 'b-1', 'a-2', 'b-2', 'a-3'].entries()) await insert(id, index);
    const onlyA = () => dataSource.getRepository(Note).createQueryBuilder('note').where(`note.id LIKE 'a-%'`);
    const first = await pageByTime(onlyA(), 'note', { limit: 2 });
    const second = await pageByTime(onlyA(), 'note', { limit: 2, cursor: first.nextCursor ?? undefined });
    expect([first, second].map(idsOf)).toEqual([['a-3', 'a-2'], ['a-1']]);
    expect(first.total).toBe(3);
  });

  const at = new Date(NOON).toISOString();
  it.each([
    ['is not ours', 'nonsense'],
    ['another list made', encodeCursor({ offset: 20 })],
    ['names no time', encodeCursor({ at: 'noon', id: 'a', page: 2 })],
    ['holds more than ours do', encodeCursor({ at, id: 'a', page: 2, limit: 1_000 })],
    [
      'names a time that Postgres does not know',
      encodeCursor({ at: '0000-01-01T00:00:00.000Z', id: 'a', page: 2 }),
    ],
    ['names an id that Postgres cannot hold', encodeCursor({ at, id: '\0', page: 2 })],
  ])('refuses a cursor that %s', async (_why, cursor) => {
    const refusal = await page({ limit: 5, cursor }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'invalid_request', issues: [expect.stringMatching(/^cursor: /)] });
  });
});
