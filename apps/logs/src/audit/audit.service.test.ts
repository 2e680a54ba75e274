import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authAudited,
  listAudit,
  listRejectedEvents,
  newId,
  toolsAudited,
  type AuditEntry,
  type CallOf,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { runLogs, type RunningLogs } from '../../test/running-logs.js';

const BEGIN = Date.parse('2026-01-05T10:00:00.000Z');

let on: RunningLogs;
beforeAll(async () => {
  on = await runLogs();
});
afterAll(() => on?.stop());

const key = (keyId: string) => ({ kind: 'project' as const, keyId, name: `key ${keyId}` });
const entry = (given: Partial<AuditEntry> = {}): AuditEntry => ({
  action: 'auth_config.updated',
  projectId: 'proj_a',
  actor: key('key_1'),
  address: '192.0.2.7',
  target: { type: 'auth_config', id: 'ac_1', userId: null },
  changed: ['name'],
  outcome: 'done',
  reason: null,
  ...given,
});
const envelope = (minute: number, data: unknown, id = newId('event')) => ({
  id,
  at: new Date(BEGIN + minute * 60_000).toISOString(),
  projectId: (data as AuditEntry).projectId ?? 'organisation',
  requestId: `req_${minute}`,
  sessionId: null,
  data,
});
const publish = (event: object, { subject } = authAudited) => on.publishRaw(JSON.stringify(event), subject);
const list = (given: CallOf<typeof listAudit> = {}) => on.bus.request(listAudit, given);
const requestsOf = async (given: CallOf<typeof listAudit>) =>
  (await list(given)).items.map(({ requestId }) => requestId?.replace('req_', ''));

describe('the audit', () => {
  it('keeps each act once, however often its event is delivered', async () => {
    const event = envelope(0, entry());
    for (let turn = 0; turn < 3; turn += 1) await publish(event);
    await publish(envelope(1, entry({ projectId: 'proj_b' })), toolsAudited);
    await eventually(async () => expect((await list({ projectId: 'proj_b' })).items).toHaveLength(1));
    expect((await list({ projectId: 'proj_a' })).items).toEqual([
      { ...entry(), id: event.id, at: event.at, requestId: 'req_0' },
    ]);
    // It is no event of a session's timeline.
    expect(await on.sql("SELECT 1 FROM logs.events WHERE subject LIKE '%audit%'")).toEqual([]);
  });

  it('is filtered by who, what, on what and when, of one project or of all', async () => {
    await publish(envelope(10, entry({ actor: key('key_2') })));
    await publish(envelope(11, entry({ action: 'auth_config.deleted' })));
    const target = { type: 'connected_account' as const, id: 'ca_9', userId: 'ann' };
    await publish(envelope(12, entry({ action: 'connected_account.deleted', target })));
    const organisation = { kind: 'organisation' as const, keyId: 'key_o', name: 'org' };
    await publish(envelope(13, entry({ projectId: null, actor: organisation, action: 'api_key.revoked' })));
    await publish(envelope(14, entry({ outcome: 'refused', action: 'request.refused', reason: 'no' })));
    await eventually(async () => expect(await requestsOf({ from: BEGIN + 600_000 })).toHaveLength(5));

    const of = { projectId: 'proj_a', from: BEGIN + 600_000 };
    expect(await requestsOf({ from: of.from })).toEqual(['14', '13', '12', '11', '10']);
    expect(await requestsOf(of)).toEqual(['14', '12', '11', '10']);
    expect(await requestsOf({ ...of, actorKeyId: 'key_2' })).toEqual(['10']);
    expect(await requestsOf({ ...of, actions: ['auth_config.deleted', 'request.refused'] })).toEqual([
      '14',
      '11',
    ]);
    expect(await requestsOf({ ...of, targetId: 'ca_9' })).toEqual(['12']);
    expect(await requestsOf({ ...of, targetType: 'connected_account' })).toEqual(['12']);
    expect(await requestsOf({ ...of, outcome: 'refused' })).toEqual(['14']);
    expect(await requestsOf({ actorKind: 'organisation' })).toEqual(['13']);
    expect(await requestsOf({ ...of, to: BEGIN + 11 * 60_000 })).toEqual(['11', '10']);
  });

  it('is read page by page, each act once', async () => {
    const first = await list({ projectId: 'proj_a', limit: 3 });
    const second = await list({ projectId: 'proj_a', limit: 3, cursor: String(first.nextCursor) });
    expect([...first.items, ...second.items].map(({ requestId }) => requestId)).toEqual(
      ['14', '12', '11', '10', '0'].map((minute) => `req_${minute}`),
    );
    expect(second.nextCursor).toBeNull();
    await expect(list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('sets aside what is no act of its closed list', async () => {
    await publish(envelope(20, { ...entry(), action: 'project.sold' }));
    await eventually(async () => {
      const [rejected] = (await on.bus.request(listRejectedEvents, {})).items;
      expect(rejected).toMatchObject({
        subject: authAudited.subject,
        reason: expect.stringMatching(/action/),
      });
    });
  });
});
