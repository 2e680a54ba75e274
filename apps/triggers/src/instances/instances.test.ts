import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  AppError,
  deleteTrigger,
  getTrigger,
  listTriggers,
  newId,
  projectDeleted,
  setTriggerEnabled,
  upsertTrigger,
  type CallOf,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { POLLED, PUSHED, standIn, type Outside } from '../../test/outside.js';
import { RegistrationsSweep } from '../registrations/registrations.sweep.js';
import { runTriggers, type RunningTriggers } from '../../test/running-triggers.js';

let on: RunningTriggers;
let outside: Outside;
let projectId: string;
beforeAll(async () => {
  on = await runTriggers({ PUBLIC_URL: 'https://tools.example', PATCHBAY_TRIGGER_INSTANCES: '5' });
  outside = await standIn(on.nats);
});
afterAll(() => on?.stop());
beforeEach(() => {
  projectId = newId('project');
  outside.type = POLLED;
  outside.registered = [];
  outside.removed = [];
  outside.register = ({ secret }) => ({ hook: { github_hook_id: 7 }, secret });
});

type Upsert = Partial<CallOf<typeof upsertTrigger>>;
const upsert = (given: Upsert) =>
  on.bus.request(upsertTrigger, { projectId, triggerSlug: 'github_commit_event', ...given });
const get = (id: string) => on.bus.request(getTrigger, { projectId, id });
const setEnabled = (id: string, enabled: boolean) =>
  on.bus.request(setTriggerEnabled, { projectId, id, enabled });
const list = (given: object = {}) => on.bus.request(listTriggers, { projectId, ...given });
const hooks = () => on.sql('SELECT state, data FROM trigger_hooks WHERE project_id = $1', [projectId]);
const told = () =>
  on.sql("SELECT data FROM events WHERE project_id = $1 AND type = 'composio.trigger.disabled'", [projectId]);
/** What the sweep does every few seconds, until it has led to something. */
const sweptUntil = (check: () => Promise<void>) =>
  eventually(async () => {
    await on.app.get(RegistrationsSweep).sweep();
    await check();
  });
const refused = (code: string) => expect.objectContaining({ code }) as unknown;

describe('a trigger instance', () => {
  it('is the same one for the same account and config, in whatever order that is sent', async () => {
    const { id: connectionId } = outside.connect(projectId, 'ann');
    const first = await upsert({ connectionId, config: { owner: 'a', repo: 'b' } });
    expect(first).toMatchObject({
      created: true,
      instance: {
        triggerSlug: 'GITHUB_COMMIT_EVENT',
        toolkit: 'github',
        version: '20261122_00',
        userId: 'ann',
        connectionId,
        authConfigId: 'ac_1',
        mechanism: 'poll',
        disabledAt: null,
      },
    });
    const { id } = first.instance;
    const again = await upsert({ userId: 'ann', config: { repo: 'b', owner: 'a' } });
    expect(again).toMatchObject({ created: false, instance: { id } });
    const other = await upsert({ connectionId, config: { owner: 'a', repo: 'c' } });
    expect(other.instance.id).not.toBe(id);
    await setEnabled(id, false);
    expect(await get(id)).toMatchObject({ disabledReason: 'by_developer', disabledAt: expect.any(String) });
    expect(await upsert({ connectionId, config: { owner: 'a', repo: 'b' } })).toMatchObject({
      created: false,
      instance: { id, disabledAt: null, disabledReason: null },
    });
    expect(await told()).toEqual([]);
  });

  it('is one for several requests at once', async () => {
    const { id: connectionId } = outside.connect(projectId, 'ann');
    const made = await Promise.all([1, 2, 3, 4].map(() => upsert({ connectionId, config: { owner: 'x' } })));
    expect(new Set(made.map(({ instance }) => instance.id)).size).toBe(1);
    expect(made.filter(({ created }) => created)).toHaveLength(1);
  });

  it('is refused with settings that its type does not have, for nobody, and beyond the most', async () => {
    const { id: connectionId } = outside.connect(projectId, 'ann');
    await expect(upsert({ connectionId, config: { branch: 'x' } })).rejects.toEqual(
      refused('invalid_request'),
    );
    await expect(upsert({})).rejects.toEqual(refused('invalid_request'));
    await expect(upsert({ userId: 'nobody' })).rejects.toMatchObject({
      code: 'no_active_connection',
      message: 'The user nobody has no active account of github.',
    });
    for (const repo of ['1', '2', '3', '4', '5']) await upsert({ connectionId, config: { repo } });
    await expect(upsert({ connectionId, config: { repo: '6' } })).rejects.toEqual(refused('conflict'));
  });

  it('is made for no account of another user, project or toolkit', async () => {
    const bobs = outside.connect(projectId, 'bob');
    await expect(upsert({ userId: 'ann', connectionId: bobs.id })).rejects.toEqual(
      refused('connection_not_found'),
    );
    const elsewhere = outside.connect(newId('project'), 'ann');
    await expect(upsert({ connectionId: elsewhere.id })).rejects.toEqual(refused('connection_not_found'));
    const slack = outside.connect(projectId, 'ann', { toolkit: 'slack' });
    await expect(upsert({ connectionId: slack.id })).rejects.toEqual(refused('invalid_request'));
    const expired = outside.connect(projectId, 'ann', { status: 'EXPIRED' });
    await expect(upsert({ connectionId: expired.id })).rejects.toEqual(refused('no_active_connection'));
    const shared = outside.connect(projectId, 'bob', {
      accountType: 'SHARED',
      accessList: { allowAllUsers: false, allowedUserIds: ['ann'], notAllowedUserIds: [] },
    });
    expect((await upsert({ userId: 'ann', connectionId: shared.id })).instance.userId).toBe('ann');
  });

  it('is found by what it is of, in its project alone', async () => {
    const anns = outside.connect(projectId, 'ann');
    const bobs = outside.connect(projectId, 'bob');
    const { instance: one } = await upsert({ connectionId: anns.id });
    const { instance: two } = await upsert({ connectionId: bobs.id });
    await setEnabled(two.id, false);
    const idsOf = async (given: object) => (await list(given)).items.map(({ id }) => id).toSorted();
    expect(await idsOf({})).toEqual([one.id]);
    expect(await idsOf({ includeDisabled: true })).toEqual([one.id, two.id].toSorted());
    expect(await idsOf({ includeDisabled: true, userIds: ['bob'] })).toEqual([two.id]);
    const byThemselves = ['account_disabled', 'unhealthy_polling'];
    expect(await idsOf({ disabledReasons: byThemselves })).toEqual([]);
    expect(await idsOf({ disabledReasons: ['by_developer', ...byThemselves] })).toEqual([two.id]);
    expect(await idsOf({ triggerSlugs: ['github_commit_event'], connectionIds: [anns.id] })).toEqual([
      one.id,
    ]);
    expect(await idsOf({ ids: [one.id], authConfigIds: ['ac_other'] })).toEqual([]);
    const other = { projectId: newId('project'), id: one.id };
    await expect(on.bus.request(getTrigger, other)).rejects.toEqual(refused('not_found'));
    await expect(on.bus.request(deleteTrigger, other)).rejects.toEqual(refused('not_found'));
    await expect(on.bus.request(setTriggerEnabled, { ...other, enabled: false })).rejects.toEqual(
      refused('not_found'),
    );
  });
});

describe('the hook of an instance', () => {
  beforeEach(() => {
    outside.type = PUSHED;
  });

  it('is made with it, made anew when it is enabled again, and removed with it', async () => {
    const { id: connectionId } = outside.connect(projectId, 'ann');
    const { instance } = await upsert({ connectionId });
    expect(instance).toMatchObject({ mechanism: 'webhook', data: { github_hook_id: 7 } });
    const [first] = outside.registered;
    expect(first).toMatchObject({ triggerId: instance.id, connectionId, slug: 'GITHUB_COMMIT_EVENT' });
    expect(first?.url).toMatch(
      /^https:\/\/tools\.example\/api\/v3\.1\/trigger_instances\/[\w-]{20,}\/handle$/,
    );
    await setEnabled(instance.id, false);
    await sweptUntil(async () => expect(outside.removed).toHaveLength(1));
    expect(await hooks()).toEqual([]);
    await setEnabled(instance.id, true);
    expect(outside.registered).toHaveLength(2);
    expect(outside.registered[1]?.url).not.toBe(first?.url);
    await on.bus.request(deleteTrigger, { projectId, id: instance.id });
    await sweptUntil(async () => expect(await hooks()).toEqual([]));
    expect(outside.removed.map(({ hook }) => hook)).toEqual([{ github_hook_id: 7 }, { github_hook_id: 7 }]);
  });

  it('is none where the provider lets the account make none: then it is polled', async () => {
    const { id: connectionId } = outside.connect(projectId, 'ann');
    outside.register = () => {
      throw new AppError('provider_refused', 'Must have admin rights to Repository.');
    };
    expect((await upsert({ connectionId })).instance).toMatchObject({ mechanism: 'poll', data: null });
    outside.type = { ...PUSHED, mechanisms: ['webhook'] };
    await expect(upsert({ connectionId, config: { repo: 'x' } })).rejects.toEqual(
      refused('provider_refused'),
    );
    expect((await list({ includeDisabled: true })).items).toHaveLength(1);
  });

  it('is removed later when the provider is away, and given up with its account', async () => {
    const account = outside.connect(projectId, 'ann');
    const { instance } = await upsert({ connectionId: account.id });
    outside.remove = () => {
      throw new AppError('provider_unreachable', 'It is down.');
    };
    await on.bus.request(deleteTrigger, { projectId, id: instance.id });
    await sweptUntil(async () => expect(outside.removed.length).toBeGreaterThan(0));
    expect(await hooks()).toMatchObject([{ state: 'removing' }]);
    outside.remove = () => {
      throw new AppError('connection_not_found', 'There is no such account.');
    };
    await on.sql('UPDATE trigger_hooks SET next_try_at = now() WHERE project_id = $1', [projectId]);
    await sweptUntil(async () => expect(await hooks()).toEqual([]));
    outside.remove = () => ({});
  });

  it('is renewed before it ends; when that fails for good its instance is disabled, and the developer told', async () => {
    const { id: connectionId } = outside.connect(projectId, 'ann');
    const soon = () => new Date(Date.now() + 3_600_000).toISOString();
    outside.type = { ...PUSHED, mechanisms: ['webhook'] };
    outside.register = () => ({ hook: { id: 1 }, expiresAt: soon() });
    outside.renew = () => ({ hook: { id: 2 }, expiresAt: soon() });
    const { instance } = await upsert({ connectionId });
    const due = () =>
      on.sql('UPDATE trigger_hooks SET next_try_at = now() WHERE project_id = $1', [projectId]);
    await due();
    await sweptUntil(async () => expect((await get(instance.id)).data).toEqual({ id: 2 }));
    outside.renew = () => {
      throw new AppError('provider_refused', 'No more.');
    };
    await due();
    await sweptUntil(async () =>
      expect((await get(instance.id)).disabledReason).toBe('webhook_refresh_failed'),
    );
    expect(await told()).toMatchObject([
      {
        data: {
          id: instance.id,
          trigger_name: 'GITHUB_COMMIT_EVENT',
          connected_account_id: connectionId,
          user_id: 'ann',
          disabled_reason: 'webhook_refresh_failed',
        },
      },
    ]);
  });
});

describe('when something becomes of an account', () => {
  it('that expires, its instances are disabled with an event, and enabled again when it is back', async () => {
    const account = outside.connect(projectId, 'ann');
    const { instance } = await upsert({ connectionId: account.id });
    const { instance: off } = await upsert({ connectionId: account.id, config: { repo: 'off' } });
    await setEnabled(off.id, false);
    await outside.move(on.bus, projectId, account.id, 'EXPIRED');
    await eventually(async () => expect((await get(instance.id)).disabledReason).toBe('connection_expired'));
    expect(await told()).toMatchObject([
      { data: { id: instance.id, disabled_reason: 'connection_expired' } },
    ]);
    await expect(setEnabled(instance.id, true)).rejects.toEqual(refused('no_active_connection'));
    await outside.move(on.bus, projectId, account.id, 'ACTIVE');
    await eventually(async () => expect((await get(instance.id)).disabledAt).toBeNull());
    // What the developer has disabled stays so.
    expect((await get(off.id)).disabledReason).toBe('by_developer');
    expect(await told()).toHaveLength(1);
  });

  it('that is disabled, they are disabled without an event; with a deleted one they are gone', async () => {
    const account = outside.connect(projectId, 'ann');
    const { instance } = await upsert({ connectionId: account.id });
    await outside.move(on.bus, projectId, account.id, 'INACTIVE');
    await eventually(async () => expect((await get(instance.id)).disabledReason).toBe('account_disabled'));
    await outside.move(on.bus, projectId, account.id, null);
    await eventually(async () => expect((await list({ includeDisabled: true })).items).toEqual([]));
    expect(await told()).toEqual([]);
  });

  it('that expires, the hook at the provider stays, and is used again', async () => {
    outside.type = PUSHED;
    const account = outside.connect(projectId, 'ann');
    const { instance } = await upsert({ connectionId: account.id });
    await outside.move(on.bus, projectId, account.id, 'EXPIRED');
    await eventually(async () => expect((await get(instance.id)).disabledAt).not.toBeNull());
    await outside.move(on.bus, projectId, account.id, 'ACTIVE');
    await eventually(async () => expect((await get(instance.id)).disabledAt).toBeNull());
    expect(await hooks()).toEqual([{ state: 'active', data: { github_hook_id: 7 } }]);
    expect(outside.registered).toHaveLength(1);
  });

  it('of a project that is deleted, nothing is left', async () => {
    outside.type = PUSHED;
    const account = outside.connect(projectId, 'ann');
    await upsert({ connectionId: account.id });
    await on.bus.publish(projectDeleted, on.bus.envelop(projectId, { projectId }));
    await eventually(async () => expect((await list({ includeDisabled: true })).items).toEqual([]));
    expect(await hooks()).toEqual([]);
  });
});
