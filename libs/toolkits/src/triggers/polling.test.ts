import { describe, expect, it } from 'vitest';
import { gmailTriggers } from '../gmail/triggers/index.js';
import { googledriveTriggers } from '../googledrive/triggers/index.js';
import { googlesheetsTriggers } from '../googlesheets/triggers/index.js';
import type { ToolRequest } from '../tool-runtime.js';
import type { PollRequest, TriggerRuntime } from '../trigger.js';
import { changes } from './changes.js';
import { newItems, type ItemPage, type ItemSource } from './new-items.js';
import { tokenFeed } from './token-feed.js';
import { ToolFailure } from '../tool-runtime.js';

interface Item {
  id: string;
  at: string;
}
const item = (id: string, second: number): Item => ({
  id,
  at: `2026-11-30T10:00:${String(second).padStart(2, '0')}.000Z`,
});
const runtime = {} as TriggerRuntime;
const request = (cursor: PollRequest<object>['cursor'], limit = 100) => ({
  config: {},
  cursor,
  runtime,
  limit,
});

function poller(
  list: (page: string | number | undefined) => ItemPage<Item>,
  more: Partial<ItemSource<object, object, Item>> = {},
) {
  return newItems<object, { id: string }, Item>({
    list: async ({ page }) => list(page),
    keyOf: ({ id }) => id,
    timeOf: ({ at }) => at,
    payload: ({ id }) => ({ id }),
    ...(more as object),
  });
}
const idsOf = ({ events }: { events: { id: string }[] }) => events.map(({ id }) => id);

describe('polling by time', () => {
  it('gives no more than is asked for, and the rest at the next time', async () => {
    let all = [item('a', 1)];
    const poll = poller(() => ({ items: all }));
    const first = await poll(request(null));
    all = [item('d', 4), item('c', 3), item('b', 3), ...all];
    const second = await poll(request(first.cursor, 2));
    expect([idsOf(second), second.more]).toEqual([['b', 'c'], true]);
    const third = await poll(request(second.cursor, 2));
    expect([idsOf(third), third.more]).toEqual([['d'], false]);
  });

  it('begins anew, by the provider’s clock, where its time is too long ago', async () => {
    const poll = newItems<object, { id: string }, Item>({
      begin: async () => '2026-11-30T12:00:00.000Z',
      expired: [410],
      async list({ since = '' }) {
        if (since < '2026-11-01') throw new ToolFailure('Gone', { status_code: 410 });
        return { items: [] };
      },
      keyOf: ({ id }) => id,
      timeOf: ({ at }) => at,
      payload: ({ id }) => ({ id }),
    });
    const anew = await poll(request({ at: Date.parse('2026-01-01T00:00:00.000Z'), seen: {} }));
    expect(anew).toMatchObject({ events: [], cursor: { at: Date.parse('2026-11-30T12:00:00.000Z') } });
  });

  it('finds what comes late, as long as it is within the overlap', async () => {
    let all = [item('a', 20)];
    const poll = poller(() => ({ items: all }), { overlapMs: 10_000 });
    const first = await poll(request(null));
    all = [...all, item('late', 15), item('too-late', 5)];
    const second = await poll(request(first.cursor));
    expect(idsOf(second)).toEqual(['late']);
    expect(idsOf(await poll(request(second.cursor)))).toEqual([]);
  });

  it('tells a change of what was the newest when it was made, once it is changed later', async () => {
    const spec = googledriveTriggers.find(({ slug }) => slug === 'GOOGLEDRIVE_FILE_UPDATED_TRIGGER');
    const createdTime = item('f', 1).at;
    let modifiedTime = createdTime;
    const files = () => ({ files: [{ id: 'f', name: 'Plan', createdTime, modifiedTime }] });
    const http = { request: async () => files() } as unknown as TriggerRuntime['http'];
    const poll = (cursor: PollRequest<object>['cursor']) =>
      spec!.poll!({ ...request(cursor), runtime: { ...runtime, http } });
    const first = await poll(null);
    modifiedTime = item('f', 40).at;
    expect(idsOf(await poll(first.cursor))).toEqual([`f:${modifiedTime}`]);
  });

  it('tells two of the same moment apart', async () => {
    let all = [item('a', 1)];
    const poll = poller(() => ({ items: all }));
    const first = await poll(request(null));
    all = [item('b', 1), ...all];
    expect(idsOf(await poll(request(first.cursor)))).toEqual(['b']);
  });

  it('goes through the pages after an outage, and no more of them than are allowed', async () => {
    let pages = [[item('a', 0)]];
    const poll = poller(
      (page) => {
        const index = Number(page ?? 0);
        return { items: pages[index] ?? [], next: index + 1 < pages.length ? index + 1 : undefined };
      },
      { maxPages: 2 },
    );
    const first = await poll(request(null));
    pages = [[item('d', 9)], [item('c', 8)], [item('b', 7)]];
    expect(idsOf(await poll(request(first.cursor)))).toEqual(['c', 'd']);
  });
});

describe('polling by tokens', () => {
  it('begins anew when the token is too old, and passes on any other refusal', async () => {
    let refusal = 410;
    const poll = tokenFeed<object, object>({
      start: async () => 'now',
      read: () => Promise.reject(new ToolFailure('No', { status_code: refusal })),
    });
    expect(await poll(request({ token: 'old' }))).toEqual({ events: [], cursor: { token: 'now' } });
    refusal = 403;
    await expect(poll(request({ token: 'old' }))).rejects.toThrow('No');
  });
});

describe('polling by what differs', () => {
  it('tells what came, what changed, also back, and what went', async () => {
    let states: Record<string, number> = { a: 1 };
    const poll = changes<object, { what: string }, string>({
      read: async () => Object.entries(states).map(([key, state]) => ({ key, state, item: key })),
      added: () => ({ what: 'added' }),
      changed: () => ({ what: 'changed' }),
      removed: () => ({ what: 'removed' }),
    });
    let { cursor } = await poll(request(null));
    const told: string[] = [];
    const turns: Record<string, number>[] = [{ a: 2 }, { a: 1 }, { a: 1, b: 1 }, { b: 1 }, { b: 1 }];
    for (const next of turns) {
      states = next;
      const found = await poll(request(cursor));
      told.push(idsOf(found).join(' '));
      ({ cursor } = found);
    }
    expect(told).toEqual(['a:changed:1', 'a:changed:2', 'b:added:3', 'a:removed:4', '']);
  });
});

/** A type of a toolkit, polled where requests are answered by this. */
function polledWith(
  types: typeof gmailTriggers,
  slug: string,
  settings: object,
  answer: (request: ToolRequest) => unknown,
) {
  const type = types.find((one) => one.slug === slug)!;
  const http = { request: async (asked: ToolRequest) => answer(asked) };
  const within = { http, now: () => new Date(0), parse: {} } as unknown as TriggerRuntime;
  const config = type.config.parse(settings) as Record<string, unknown>;
  return (cursor: PollRequest<object>['cursor']) =>
    type.poll!({ config, cursor, runtime: within, limit: 100 });
}

describe('new rows of a sheet', () => {
  it('go on below the last row that is there when rows were deleted, also where the sheet has become shorter', async () => {
    let rows = [['a'], ['b'], ['c']];
    const poll = polledWith(
      googlesheetsTriggers,
      'GOOGLESHEETS_NEW_ROWS_TRIGGER',
      { spreadsheet_id: 's1' },
      ({ url }) => {
        const from = Number(/A(\d+)%3AZZZ/.exec(url)?.[1] ?? /A(\d+):ZZZ/.exec(url)?.[1]);
        if (from > rows.length + 1)
          throw new ToolFailure('Range (Sheet1!A4:ZZZ) exceeds grid limits.', { status_code: 400 });
        return { values: rows.slice(from - 2) };
      },
    );
    const first = await poll(null);
    rows = [['a']];
    const shorter = await poll(first.cursor);
    expect([idsOf(shorter), shorter.cursor]).toEqual([[], { row: 2, turn: 1 }]);
    rows = [['a'], ['new']];
    expect(idsOf(await poll(shorter.cursor))).toEqual(['row-3:1']);
  });
});

describe('new messages that a search finds', () => {
  const message = (id: string, name: string) => ({
    id,
    threadId: 't',
    labelIds: ['INBOX'],
    internalDate: '1',
    payload: { mimeType: 'text/plain', headers: [{ name: 'Message-ID', value: name }], body: {} },
  });

  it.each([
    ['<1@mail.example>', 'rfc822msgid:1@mail.example (from:boss@example.com)'],
    ['<x) OR (in:anywhere>', '(from:boss@example.com)'],
    ['<x> OR {in:anywhere from:me}', '(from:boss@example.com)'],
  ])('are asked for by %s without its sender having a say in the search', async (name, wanted) => {
    const searches: unknown[] = [];
    const poll = polledWith(
      gmailTriggers,
      'GMAIL_NEW_GMAIL_MESSAGE',
      { query: 'from:boss@example.com' },
      ({ url, query }) => {
        if (url.endsWith('/history'))
          return { historyId: '2', history: [{ messagesAdded: [{ message: { id: 'm1' } }] }] };
        if (url.endsWith('/messages/m1')) return message('m1', name);
        searches.push(query?.['q']);
        return { messages: [] };
      },
    );
    expect((await poll({ token: '1' })).events).toEqual([]);
    expect(searches).toEqual([wanted]);
  });
});
