import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCall, listCalls, readJson, writeJson, type CallFilter, type CallOf } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { endOf, runLogs, startedCall, type RunningLogs } from '../../test/running-logs.js';

const BEGIN = Date.parse('2026-01-05T10:00:00.000Z');
const at = (minutes: number) => new Date(BEGIN + minutes * 60_000).toISOString();
const recently = () => new Date(Date.now() - 5_000).toISOString();

const create = startedCall({ logId: 'log_create', startedAt: at(0), requestId: 'req_create' });
const read = startedCall({
  logId: 'log_read',
  startedAt: at(1),
  userId: 'bob',
  toolSlug: 'GITHUB_GET_AN_ISSUE',
});
const time = startedCall({
  logId: 'log_time',
  startedAt: at(2),
  toolkit: 'time',
  sandboxId: 'sandbox_1',
  toolSlug: 'TIME_CONVERT_TIME',
  sessionId: null,
});
const cut = startedCall({ logId: 'log_cut', startedAt: at(3), userId: 'ann%' });
const now = startedCall({ logId: 'log_now', startedAt: recently(), userId: 'ann_smith' });
const foreign = startedCall({ logId: 'log_foreign', startedAt: at(2), projectId: 'proj_b' });

let on: RunningLogs;
beforeAll(async () => {
  on = await runLogs();
  await on.finish(endOf(create));
  await on.finish(
    endOf(read, {
      status: 'failed',
      error: 'GitHub answered 404',
      connectionId: 'ca_2',
      authConfigId: 'ac_2',
    }),
  );
  await on.finish(endOf(time, { connectionId: null }));
  await on.start(cut);
  await on.finish(endOf(foreign));
  await on.start(now);
  await eventually(async () => expect(await on.sql('SELECT 1 FROM logs.calls')).toHaveLength(6));
});
afterAll(() => on?.stop());

const list = (given: Partial<CallOf<typeof listCalls>> = {}) =>
  on.bus.request(listCalls, { projectId: 'proj_a', ...given });
const idsOf = async (given: Partial<CallOf<typeof listCalls>>) =>
  (await list(given)).items.map(({ logId }) => logId.replace('log_', ''));
const where = (field: CallFilter['field'], operator: CallFilter['operator'], value: string) =>
  idsOf({ filters: [{ field, operator, value }] });

describe('words in what a call was given and gave', () => {
  const PROJECT = { projectId: 'proj_words' };
  const given = {
    quoted: 'say "hi"',
    path: String.raw`C:\temp\new`,
    lines: 'one\ntwo\tthree',
    bell: 'ring\u0007ring',
    script: 'naïve 日本 🙂',
    markup: '<b>&amp;</b>',
    pattern: '100%_[a-z]*',
    id: readJson('1234567890123456789'),
  };
  const call = startedCall({ logId: 'log_words', startedAt: at(5), ...PROJECT, arguments: given });

  beforeAll(async () => {
    const ids = { unsigned: readJson('18446744073709551615'), long: readJson('0.123456789012345678901') };
    await on.finish(endOf(call, { data: ids, error: String.raw`no "file" at D:\data` }));
    await eventually(async () => expect(await idsOf(PROJECT)).toEqual(['words']));
  });

  it.each([
    ['quotes', 'say "hi"', true],
    ['a path of Windows', String.raw`C:\temp`, true],
    ['a backslash before a letter that JSON escapes', String.raw`temp\new`, true],
    ['a backslash at the end', String.raw`C:\temp` + '\\', true],
    ['lines', 'one\ntwo', true],
    ['a tab', 'two\tthree', true],
    ['a control character', 'ring\u0007ring', true],
    ['other scripts', 'naïve 日本 🙂', true],
    ['markup', '<b>&amp;</b>', true],
    ['signs of patterns', '100%_[a-z]*', true],
    ['JSON as it is kept', '"quoted": "say', true],
    ['a 64-bit id', '1234567890123456789', true],
    ['an id of the answer', '18446744073709551615', true],
    ['quotes in an error', 'no "file"', true],
    ['a path in an error', String.raw`D:\data`, true],
    ['the escape of a line end, which was not there', String.raw`one\ntwo`, false],
    ['what is not there', 'say "ho"', false],
  ])('%s', async (_, value, isThere) => {
    const found = (operator: CallFilter['operator'], ignoreCase = false, words = value) =>
      idsOf({ ...PROJECT, filters: [{ field: 'text', operator, value: words, ignoreCase }] });
    expect(await found('contains')).toEqual(isThere ? ['words'] : []);
    expect(await found('notContains')).toEqual(isThere ? [] : ['words']);
    expect(await found('contains', true, value.toUpperCase())).toEqual(isThere ? ['words'] : []);
  });

  it('and numbers are there digit by digit', async () => {
    const kept = await on.bus.request(getCall, { ...PROJECT, logId: 'log_words' });
    expect(writeJson([kept.arguments['id'], kept.data])).toBe(
      '[1234567890123456789,{"long":0.123456789012345678901,"unsigned":18446744073709551615}]',
    );
  });
});

describe('the list of calls', () => {
  it("is the project's own, newest first", async () => {
    expect(await idsOf({})).toEqual(['now', 'cut', 'time', 'read', 'create']);
    expect(await idsOf({ projectId: 'proj_b' })).toEqual(['foreign']);
    expect(await list({ projectId: 'proj_none' })).toEqual({ items: [], nextCursor: null });
  });

  it.each<[CallFilter['field'], CallFilter['operator'], string, string[]]>([
    ['toolSlug', 'equals', 'TIME_CONVERT_TIME', ['time']],
    ['toolSlug', 'contains', 'ISSUE', ['now', 'cut', 'read', 'create']],
    ['toolSlug', 'notContains', 'ISSUE', ['time']],
    ['toolkit', 'notEquals', 'github', ['time']],
    ['userId', 'equals', 'bob', ['read']],
    ['requestId', 'equals', 'req_create', ['create']],
    ['logId', 'equals', 'log_read', ['read']],
    ['connectionId', 'equals', 'ca_2', ['read']],
    ['authConfigId', 'equals', 'ac_2', ['read']],
    ['sandboxId', 'equals', 'sandbox_1', ['time']],
    ['text', 'contains', 'answered 404', ['read']],
    ['text', 'contains', 'Broken', ['now', 'cut', 'time', 'read', 'create']],
    ['status', 'equals', 'no such', []],
    // A call without a connection or a session is not one of another, and has no part of a name.
    ['connectionId', 'notEquals', 'ca_2', ['now', 'cut', 'time', 'create']],
    ['sessionId', 'equals', 'trs_1', ['now', 'cut', 'read', 'create']],
    ['sessionId', 'notContains', 'trs', ['time']],
    ['status', 'equals', 'success', ['time', 'create']],
    ['status', 'equals', 'running', ['now']],
    ['status', 'equals', 'interrupted', ['cut']],
    ['status', 'notEquals', 'success', ['now', 'cut', 'read']],
    // Signs that mean something to LIKE mean themselves.
    ['userId', 'contains', '%', ['cut']],
    ['userId', 'contains', '_', ['now']],
    ['userId', 'equals', "' OR 1=1 --", []],
  ])('holds with %s %s %j only those', async (field, operator, value, ids) => {
    expect(await where(field, operator, value)).toEqual(ids);
  });

  it('holds what all filters let through, in the time that was asked for', async () => {
    const filters: CallFilter[] = [
      { field: 'toolkit', operator: 'equals', value: 'github' },
      { field: 'status', operator: 'notEquals', value: 'failed' },
    ];
    expect(await idsOf({ filters })).toEqual(['now', 'cut', 'create']);
    expect(await idsOf({ from: BEGIN + 60_000, to: BEGIN + 3 * 60_000 })).toEqual(['cut', 'time', 'read']);
    expect(await idsOf({ filters, from: BEGIN, to: BEGIN + 60_000 })).toEqual(['create']);
  });

  it('is read page by page, each call once, though newer ones come in between', async () => {
    const first = await list({ limit: 2, to: BEGIN + 3_600_000 });
    await on.finish(endOf(startedCall({ logId: 'log_late', projectId: 'proj_a', startedAt: at(4) })));
    await eventually(async () => expect(await where('logId', 'equals', 'log_late')).toEqual(['late']));
    const second = await list({ limit: 2, to: BEGIN + 3_600_000, cursor: String(first.nextCursor) });
    expect([...first.items, ...second.items].map(({ logId }) => logId)).toEqual([
      'log_cut',
      'log_time',
      'log_read',
      'log_create',
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it('holds payloads only when they are asked for', async () => {
    const [without] = (await list({ to: BEGIN })).items;
    expect(without).toMatchObject({ logId: 'log_create', arguments: {}, data: null });
    const [whole] = (await list({ to: BEGIN, withPayloads: true })).items;
    expect(whole).toEqual(endOf(create));
    await expect(list({ withPayloads: true, limit: 51 })).rejects.toMatchObject({
      code: 'invalid_request',
      issues: ['limit: may be 50 with payloads'],
    });
  });

  it('goes on after calls of the same millisecond', async () => {
    const same = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      startedCall({ logId: `log_${name}`, projectId: 'proj_c', startedAt: at(0) }),
    );
    for (const call of same) await on.finish(endOf(call));
    await eventually(async () => expect(await idsOf({ projectId: 'proj_c' })).toHaveLength(5));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ projectId: 'proj_c', limit: 2, cursor });
      seen.push(...page.items.map(({ logId }) => logId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['log_e', 'log_d', 'log_c', 'log_b', 'log_a']);
  });

  it('is refused with a cursor that is none of ours', async () => {
    const forged = Buffer.from(JSON.stringify({ at: "'; DROP TABLE calls", id: 'x' })).toString('base64url');
    for (const cursor of ['nonsense', forged]) {
      await expect(list({ cursor })).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });

  it.each(['a\u0000b', 'a\ud83db'])(
    'is empty, or bad input, for a text that cannot be kept: %j',
    async (value) => {
      const found = await where('userId', 'equals', value).catch((error: { code?: string }) => error.code);
      expect([[], 'invalid_request']).toContainEqual(found);
    },
  );
});

describe('a call whose end never came', () => {
  it('is shown as running while a caller may still wait for it, and then as interrupted', async () => {
    const get = (logId: string) => on.bus.request(getCall, { projectId: 'proj_a', logId });
    expect(await get('log_now')).toMatchObject({ status: 'running', finishedAt: null, durationMs: null });
    expect(await get('log_cut')).toMatchObject({ status: 'interrupted', finishedAt: null, data: null });
  });
});
