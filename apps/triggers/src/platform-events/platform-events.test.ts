import {
  connectionChanged,
  gatewayApprovalWanted,
  newId,
  searchTriggerEvents,
  sessionsApprovalWanted,
  toolkitChanged,
  toolsApprovalWanted,
  type Connection,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runTriggers, type RunningTriggers } from '../../test/running-triggers.js';

let on: RunningTriggers;
beforeAll(async () => {
  on = await runTriggers();
});
afterAll(() => on?.stop());

const AT = '2026-11-30T10:00:00.000Z';
const account = (status: Connection['status'], more: Partial<Connection> = {}): Connection => ({
  id: 'ca_1',
  wordId: 'github_red-fox',
  alias: null,
  userId: 'ann',
  toolkit: 'github',
  status,
  statusReason: status === 'EXPIRED' ? 'invalid_grant' : null,
  authConfig: { id: 'ac_1', authScheme: 'OAUTH2', isManaged: false, enabled: true },
  accountType: 'PRIVATE',
  accessList: { allowAllUsers: false, allowedUserIds: [], notAllowedUserIds: [] },
  displayName: 'octocat',
  createdAt: AT,
  updatedAt: AT,
  connectedAt: AT,
  ...more,
});

/** As a service's outbox does it. */
function publish(subject: string, projectId: string, data: object, id = newId('event')): void {
  on.nats.connection.publish(
    subject,
    JSON.stringify({ id, at: AT, projectId, requestId: null, sessionId: null, data }),
  );
}
const change = (projectId: string, of: Connection, isTold = true, reason: string | null = null) => {
  const { id: connectionId, userId, toolkit, status } = of;
  const told = isTold ? { account: of, organisationId: 'org_1' } : null;
  publish(connectionChanged.subject, projectId, { connectionId, userId, toolkit, status, reason, told });
};
const eventsOf = async (projectId: string) =>
  (await on.bus.request(searchTriggerEvents, { projectId, withData: true })).items.toReversed();

it('an account that expires is told once each time, as the API has it and without its credential', async () => {
  const projectId = newId('project');
  for (let times = 0; times < 3; times += 1) change(projectId, account('EXPIRED'));
  // Connected again, and expired again.
  const later = { connectedAt: '2026-12-01T10:00:00.000Z' };
  change(projectId, account('ACTIVE', later));
  change(projectId, account('EXPIRED', later));
  await eventually(async () =>
    expect((await eventsOf(projectId)).map(({ type }) => type)).toEqual([
      'composio.connected_account.expired',
      'composio.connected_account.activated',
      'composio.connected_account.expired',
    ]),
  );
  const [first] = await eventsOf(projectId);
  expect(first).toMatchObject({
    origin: null,
    at: AT,
    metadata: { project_id: projectId, org_id: 'org_1', user_id: 'ann', connected_account_id: 'ca_1' },
    data: {
      id: 'ca_1',
      user_id: 'ann',
      status: 'EXPIRED',
      status_reason: 'invalid_grant',
      is_disabled: false,
      toolkit: { slug: 'github' },
      auth_config: { id: 'ac_1', auth_scheme: 'OAUTH2', is_composio_managed: false, is_disabled: false },
      state: {
        authScheme: 'OAUTH2',
        val: { status: 'EXPIRED', expired_at: AT, displayName: 'octocat' },
      },
      params: {},
    },
  });
});

it('a definition that is held back is told once, with what waits', async () => {
  const projectId = newId('project');
  const heldBack = { name: 'Acme', added: ['ACME_NEW'], changed: [], removed: [], settings: true };
  const id = newId('event');
  publish(toolkitChanged.subject, projectId, { projectId, slug: 'acme', heldBack }, id);
  publish(toolkitChanged.subject, projectId, { projectId, slug: 'acme', heldBack }, id);
  publish(toolkitChanged.subject, projectId, { projectId, slug: 'acme' });
  change(projectId, account('ACTIVE'));
  await eventually(async () => expect((await eventsOf(projectId)).at(-1)?.type).toContain('activated'));
  const events = await eventsOf(projectId);
  expect(events.map(({ type }) => type)).toEqual([
    'composio.toolkit.changes_held_back',
    'composio.connected_account.activated',
  ]);
  expect(events[0]?.data).toEqual({
    toolkit: { slug: 'acme', name: 'Acme' },
    added_tools: ['ACME_NEW'],
    changed_tools: [],
    removed_tools: [],
    settings_changed: true,
  });
});

it('that a person has to allow a call is told each time that one is asked, and once in a while where nobody can be', async () => {
  const projectId = newId('project');
  const wanted = {
    sessionId: 'trs_1',
    userId: 'ann',
    keys: ['GITHUB_CREATE_AN_ISSUE:ca_1', 'TIME_NOW:__none__'],
  };
  const [asked, other] = [newId('event'), newId('event')];
  publish(gatewayApprovalWanted.subject, projectId, { ...wanted, asked: true }, asked);
  publish(gatewayApprovalWanted.subject, projectId, { ...wanted, asked: true }, asked);
  publish(gatewayApprovalWanted.subject, projectId, { ...wanted, asked: true }, other);
  for (const { subject } of [toolsApprovalWanted, toolsApprovalWanted, sessionsApprovalWanted]) {
    publish(subject, projectId, { ...wanted, asked: false }, newId('event'));
  }
  change(projectId, account('ACTIVE'));
  await eventually(async () => expect((await eventsOf(projectId)).at(-1)?.type).toContain('activated'));
  const events = (await eventsOf(projectId)).slice(0, -1);
  expect(events.map(({ type, data }) => [type, data?.['status']])).toEqual([
    ['composio.session.approval_wanted', 'asked'],
    ['composio.session.approval_wanted', 'asked'],
    ['composio.session.approval_wanted', 'refused'],
  ]);
  expect(events[0]).toMatchObject({
    metadata: { project_id: projectId, session_id: 'trs_1', user_id: 'ann' },
    data: {
      session_id: 'trs_1',
      user_id: 'ann',
      calls: [
        { tool_slug: 'GITHUB_CREATE_AN_ISSUE', connected_account_id: 'ca_1' },
        { tool_slug: 'TIME_NOW', connected_account_id: null },
      ],
    },
  });
});

it('other changes of accounts are told to nobody, and what cannot be read holds up nothing', async () => {
  const projectId = newId('project');
  change(projectId, account('INITIATED'), false);
  change(projectId, account('EXPIRED'), false);
  on.nats.connection.publish(connectionChanged.subject, '{"id":1}');
  change(projectId, account('INACTIVE'), false);
  change(projectId, account('ACTIVE'));
  await eventually(async () =>
    expect((await eventsOf(projectId)).map(({ type }) => type)).toEqual([
      'composio.connected_account.activated',
    ]),
  );
});
