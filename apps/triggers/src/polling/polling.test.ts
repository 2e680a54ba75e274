import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  AppError,
  getTrigger,
  newId,
  upsertTrigger,
  type InputOf,
  type pollTrigger,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { standIn, type Outside } from '../../test/outside.js';
import { runTriggers, type RunningTriggers } from '../../test/running-triggers.js';

let on: RunningTriggers;
let outside: Outside;
let projectId: string;
beforeAll(async () => {
  on = await runTriggers({ PATCHBAY_TRIGGER_FAILURES: '3', PATCHBAY_TRIGGER_POLLS: '4' });
  outside = await standIn(on.nats);
});
afterAll(() => on?.stop());
beforeEach(() => {
  projectId = newId('project');
  outside.polled = [];
});

const make = async (config: Record<string, unknown> = {}, account = outside.connect(projectId, 'ann')) =>
  (
    await on.bus.request(upsertTrigger, {
      projectId,
      triggerSlug: 'github_commit_event',
      connectionId: account.id,
      config,
    })
  ).instance;
const get = (id: string) => on.bus.request(getTrigger, { projectId, id });
const stateOf = async (id: string) =>
  (
    await on.sql(
      'SELECT cursor, failures, last_error, lease_token, next_poll_at FROM trigger_instances WHERE id = $1',
      [id],
    )
  )[0];
const pollNow = (id: string) =>
  on.sql('UPDATE trigger_instances SET next_poll_at = now() WHERE id = $1', [id]);
const eventsOf = (id: string) =>
  on.sql(
    'SELECT source_key AS key, data, user_id AS "user" FROM events WHERE instance_id = $1 ORDER BY position',
    [id],
  );
const pollsOf = (id: string) => outside.polled.filter(({ triggerId }) => triggerId === id);
type Poll = InputOf<typeof pollTrigger>;

/** A provider where something happens each time that it is asked after the first. */
function counting({ cursor }: Poll) {
  const last = Number((cursor as { last?: number } | null)?.last ?? 10);
  if (!cursor) return { events: [{ id: 'old', at: null, payload: {} }], cursor: { last }, more: false };
  const event = (id: number) => ({ id: `event-${id}`, at: '2026-11-30T10:00:00.000Z', payload: { id } });
  // The last one again: windows overlap.
  return { events: [event(last), event(last + 1)], cursor: { last: last + 1 }, more: false };
}

describe('polling', () => {
  it('begins where the provider is, and emits each event once from there on', async () => {
    outside.poll = counting;
    const { id } = await make();
    await eventually(async () => expect((await stateOf(id))?.['cursor']).toEqual({ last: 10 }));
    expect(await eventsOf(id)).toEqual([]);
    for (const last of [11, 12]) {
      await pollNow(id);
      await eventually(async () => expect((await stateOf(id))?.['cursor']).toEqual({ last }));
    }
    expect(await eventsOf(id)).toEqual([
      { key: 'event-10', data: { id: 10 }, user: 'ann' },
      { key: 'event-11', data: { id: 11 }, user: 'ann' },
      { key: 'event-12', data: { id: 12 }, user: 'ann' },
    ]);
    const seen = await get(id);
    expect(seen.lastPolledAt).not.toBeNull();
    expect(seen.lastEventAt).not.toBeNull();
    const { lease_token: token, next_poll_at: next } = (await stateOf(id)) ?? {};
    expect(token).toBeNull();
    expect((next as Date).getTime()).toBeGreaterThan(Date.now() + 40_000);
  });

  it('goes on at once while there is more', async () => {
    outside.poll = ({ cursor }) => {
      const last = Number((cursor as { last?: number } | null)?.last ?? 0);
      const events = cursor ? [{ id: `${last}`, at: null, payload: { last } }] : [];
      return { events, cursor: { last: last + 1 }, more: last < 5 };
    };
    const { id } = await make();
    await eventually(async () => expect(await eventsOf(id)).toHaveLength(5));
  });

  it('keeps nothing of a poll whose lease has ended', async () => {
    let answer = () => {};
    outside.poll = (input) =>
      input.cursor
        ? new Promise((resolve) => (answer = () => resolve({ ...counting(input), cursor: { last: 99 } })))
        : counting(input);
    const { id } = await make();
    await eventually(async () => expect((await stateOf(id))?.['cursor']).toEqual({ last: 10 }));
    await pollNow(id);
    await eventually(() => expect(pollsOf(id)).toHaveLength(2));
    // As when another replica took it over.
    await on.sql('UPDATE trigger_instances SET lease_token = gen_random_uuid() WHERE id = $1', [id]);
    answer();
    outside.poll = () => ({ events: [], cursor: { last: 11 }, more: false });
    await pollNow(id);
    await eventually(async () => expect((await stateOf(id))?.['cursor']).toEqual({ last: 11 }));
    expect(await eventsOf(id)).toEqual([]);
  });

  it('waits as long as the provider wants, with everything of the account', async () => {
    outside.poll = () => ({ events: [], cursor: { last: 1 }, more: false });
    const account = outside.connect(projectId, 'ann');
    const one = await make({}, account);
    const other = await make({ repo: 'other' }, account);
    await eventually(async () => expect((await stateOf(other.id))?.['cursor']).toEqual({ last: 1 }));
    await eventually(async () => expect((await stateOf(one.id))?.['cursor']).toEqual({ last: 1 }));
    outside.poll = () => {
      throw new AppError('rate_limited', 'Slow down.', { retryAfter: 900 });
    };
    await pollNow(one.id);
    await eventually(async () => expect((await stateOf(one.id))?.['last_error']).toBe('Slow down.'));
    for (const { id } of [one, other]) {
      const { next_poll_at: next, failures } = (await stateOf(id)) ?? {};
      expect((next as Date).getTime()).toBeGreaterThan(Date.now() + 890_000);
      expect(failures).toBe(0);
    }
  });

  it('that fails several times in a row is ended, and the developer told', async () => {
    outside.poll = () => {
      throw new AppError('provider_refused', 'Not Found');
    };
    const { id } = await make();
    for (const failures of [1, 2]) {
      await eventually(async () => expect((await stateOf(id))?.['failures']).toBe(failures));
      await pollNow(id);
    }
    await eventually(async () =>
      expect(await get(id)).toMatchObject({ disabledReason: 'unhealthy_polling', lastError: 'Not Found' }),
    );
    const told = await on.sql(
      "SELECT data FROM events WHERE project_id = $1 AND type = 'composio.trigger.disabled'",
      [projectId],
    );
    expect(told).toMatchObject([{ data: { id, disabled_reason: 'unhealthy_polling' } }]);
    expect((await stateOf(id))?.['next_poll_at']).toBeNull();
  });

  it('that fails because of us is no failure of the instance', async () => {
    outside.poll = () => {
      throw new AppError('unavailable', 'The auth service is not running.');
    };
    const { id } = await make();
    await eventually(async () => expect((await stateOf(id))?.['last_error']).toContain('not running'));
    expect((await stateOf(id))?.['failures']).toBe(0);
  });

  it('finds out by itself that the account is not there, and goes on when it is', async () => {
    outside.poll = counting;
    const account = outside.connect(projectId, 'ann');
    const { id } = await make({}, account);
    await eventually(async () => expect((await stateOf(id))?.['cursor']).toEqual({ last: 10 }));
    account.status = 'EXPIRED';
    await pollNow(id);
    await eventually(async () => expect((await get(id)).disabledReason).toBe('connection_expired'));
    await outside.move(on.bus, projectId, account.id, 'ACTIVE');
    // Nothing that happened meanwhile is missing.
    await eventually(async () => expect(await eventsOf(id)).toHaveLength(2));
  });

  it('leaves places for the others while one project’s provider hangs', async () => {
    const hanging = projectId;
    const answers: (() => void)[] = [];
    outside.poll = (input) =>
      input.projectId === hanging
        ? new Promise((resolve) => answers.push(() => resolve(counting(input))))
        : counting(input);
    const account = outside.connect(projectId, 'ann');
    const made: { id: string }[] = [];
    for (const repo of ['1', '2', '3', '4', '5', '6']) made.push(await make({ repo }, account));
    await eventually(() => expect(answers).toHaveLength(2));
    projectId = newId('project');
    const { id } = await make();
    await eventually(async () => expect((await stateOf(id))?.['cursor']).toEqual({ last: 10 }));
    expect(answers).toHaveLength(2);
    projectId = hanging;
    await eventually(async () => {
      for (const answer of answers.splice(0)) answer();
      for (const one of made) expect((await stateOf(one.id))?.['cursor']).toEqual({ last: 10 });
    });
  });
});
