import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  connectionChanged,
  getTimeline,
  newId,
  sessionCreated,
  sessionDeleted,
  sessionUpdated,
  type EventContract,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { endOf, runLogs, startedCall, type RunningLogs } from '../../test/running-logs.js';

const BEGIN = Date.parse('2026-11-05T10:00:00.000Z');
const at = (minutes: number) => new Date(BEGIN + minutes * 60_000).toISOString();

let on: RunningLogs;
/** Publishes an event at a minute of the day. */
const publish = (minute: number, { subject }: EventContract, data: object, sessionId: string | null = null) =>
  on.publishRaw(
    JSON.stringify({
      id: newId('event'),
      at: at(minute),
      projectId: 'proj_a',
      requestId: 'req_1',
      sessionId,
      data,
    }),
    subject,
  );
const account = (status: string | null) => ({
  connectionId: 'ca_1',
  userId: 'ann',
  toolkit: 'github',
  status,
  reason: null,
});
const session = { sessionId: 'trs_1', userId: 'ann', configVersion: 1 };
const callAt = (minute: number, toolSlug: string) =>
  on.finish(endOf(startedCall({ startedAt: at(minute), sessionId: 'trs_1', toolSlug })));

beforeAll(async () => {
  on = await runLogs();
  await publish(0, sessionCreated, session);
  // Of an account before it was linked here, and of another session's.
  await publish(1, connectionChanged, account('EXPIRED'));
  await publish(2, connectionChanged, account('INITIATED'), 'trs_1');
  await publish(3, connectionChanged, account('ACTIVE'));
  await publish(4, connectionChanged, { ...account('ACTIVE'), connectionId: 'ca_2' });
  await callAt(5, 'COMPOSIO_SEARCH_TOOLS');
  await callAt(6, 'GITHUB_CREATE_AN_ISSUE');
  await publish(7, sessionUpdated, { ...session, configVersion: 2 });
  await callAt(8, 'COMPOSIO_REMOTE_WORKBENCH');
  await publish(9, connectionChanged, account('EXPIRED'));
  await publish(10, sessionDeleted, session);
  await eventually(async () => expect((await timeline({ limit: 100 })).items).toHaveLength(9));
});
afterAll(() => on?.stop());

const timeline = (given: { limit?: number; cursor?: string; projectId?: string } = {}) =>
  on.bus.request(getTimeline, { projectId: 'proj_a', sessionId: 'trs_1', ...given });

it('lists everything in a session in order, with the account that was linked in it', async () => {
  const { items, nextCursor } = await timeline();
  expect(items.map(({ kind }) => kind)).toEqual([
    'created',
    'linked',
    'connected',
    'searched',
    'called',
    'patched',
    'ran_code',
    'account_changed',
    'deleted',
  ]);
  expect(items[0]).toMatchObject({ at: at(0), userId: 'ann', event: 'events.sessions.session.created' });
  expect(items[2]).toMatchObject({ connectionId: 'ca_1', toolkit: 'github', detail: account('ACTIVE') });
  expect(items[4]).toMatchObject({ event: null, toolSlug: 'GITHUB_CREATE_AN_ISSUE', status: 'success' });
  expect(nextCursor).toBeNull();
});

it('is read page by page', async () => {
  const whole = (await timeline()).items;
  const pages = [];
  let cursor: string | undefined;
  do {
    const page = await timeline({ limit: 2, cursor });
    pages.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(pages).toEqual(whole);
});

it('is not visible to another project', async () => {
  expect((await timeline({ projectId: 'proj_b' })).items).toEqual([]);
});
