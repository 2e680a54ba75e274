import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createSession,
  deleteSession,
  getSession,
  updateSession,
  type CallOf,
  type Session,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { ALL_KNOWN, runSessions } from '../../test/running-sessions.js';

const projectId = 'proj_a';

let on: Awaited<ReturnType<typeof runSessions>>;
beforeAll(async () => {
  on = await runSessions();
});
afterEach(() => {
  on.tools.check = ALL_KNOWN;
});
afterAll(() => on?.stop());

type Config = CallOf<typeof createSession>['config'];
type Update = Omit<CallOf<typeof updateSession>, 'projectId' | 'id'>;
const create = (config: Config = {}, userId = 'ann') =>
  on.bus.request(createSession, { projectId, userId, config });
const get = ({ id }: Session) => on.bus.request(getSession, { projectId, id });
const update = ({ id }: Session, given: Update) => on.bus.request(updateSession, { projectId, id, ...given });
const remove = ({ id }: Session) => on.bus.request(deleteSession, { projectId, id });
const refused = (code: string) => expect.objectContaining({ code }) as unknown;
const toolkits = (...enabled: string[]) => ({ changes: { toolkits: { enabled } } });
const archive = ({ id }: Session) =>
  on.sql('SELECT version, config FROM sessions.session_versions WHERE session_id = $1 ORDER BY version', [
    id,
  ]);

/** Lets `tools` answer only when so many have asked: they have all read the session by then. */
function holdUntil(count: number): void {
  const waiting: (() => void)[] = [];
  on.tools.check = async (input) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length >= count) for (const open of waiting) open();
    });
    return ALL_KNOWN(input);
  };
}

describe('two changes at once', () => {
  it('of one expected version are one change and one conflict', async () => {
    const session = await create();
    holdUntil(2);
    const results = await Promise.allSettled([
      update(session, { ...toolkits('github'), expectedVersion: 1 }),
      update(session, { ...toolkits('slack'), expectedVersion: 1 }),
    ]);
    const [won] = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const [lost] = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(won?.configVersion).toBe(2);
    expect(lost).toMatchObject({ code: 'conflict', retryable: false });
    expect(await get(session)).toEqual(won);
    expect(await archive(session)).toEqual([{ version: 1, config: session.config }]);
  });

  it('of no expected version are both made, one after the other', async () => {
    const session = await create();
    holdUntil(2);
    const results = await Promise.all([
      update(session, toolkits('github')),
      update(session, { changes: { tags: { enabled: ['readOnlyHint'] } } }),
    ]);
    expect(new Set(results.map(({ configVersion }) => configVersion))).toEqual(new Set([2, 3]));
    const now = await get(session);
    expect(now.configVersion).toBe(3);
    expect(now.config).toMatchObject({
      toolkits: { enabled: ['github'] },
      tags: { enabled: ['readOnlyHint'] },
    });
    expect((await archive(session)).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('of which one deletes end in no session', async () => {
    const session = await create();
    let deleted: unknown;
    on.tools.check = async (input) => {
      deleted = await remove(session);
      return ALL_KNOWN(input);
    };
    await expect(update(session, toolkits('github'))).rejects.toEqual(refused('session_not_found'));
    expect(deleted).toEqual({ id: session.id });
    await expect(get(session)).rejects.toEqual(refused('session_not_found'));
    expect(await archive(session)).toEqual([]);
  });
});

describe('a change', () => {
  it('of an old version is refused, and of the current one made', async () => {
    const session = await create();
    await update(session, { changes: { search: { enabled: false } } });
    await expect(update(session, { changes: {}, expectedVersion: 1 })).rejects.toEqual(refused('conflict'));
    const changed = await update(session, { changes: { search: null }, expectedVersion: 2 });
    expect(changed).toMatchObject({ configVersion: 3, config: session.config });
  });

  it('that names what does not exist is refused, and nothing is written', async () => {
    const session = await create();
    on.tools.check = () => ({ unknownToolkits: ['githbu'], unknownTools: [], preloadOutOfScope: [] });
    await expect(update(session, toolkits('githbu'))).rejects.toMatchObject({
      code: 'toolkits_unknown',
      message: expect.stringContaining('githbu'),
    });
    await expect(create({ toolkits: { enabled: ['githbu'] } })).rejects.toEqual(refused('toolkits_unknown'));
    expect(session).toMatchObject(await get(session));
    expect(await archive(session)).toEqual([]);
  });

  it('is told, as are the beginning and the end', async () => {
    const session = await create();
    await update(session, { changes: { search: { enabled: false } } });
    await remove(session);
    const told = () => on.events.filter(({ data }) => data['sessionId'] === session.id);
    await eventually(() =>
      expect(told().map(({ subject, data }) => [subject, data['configVersion']])).toEqual([
        ['events.sessions.session.created', 1],
        ['events.sessions.session.updated', 2],
        ['events.sessions.session.deleted', 2],
      ]),
    );
  });
});

describe('a session', () => {
  it('is not there for another project, to read, change or delete', async () => {
    const { id } = await create();
    const foreign = { projectId: 'proj_b', id };
    await expect(on.bus.request(getSession, foreign)).rejects.toEqual(refused('session_not_found'));
    await expect(on.bus.request(updateSession, { ...foreign, changes: {} })).rejects.toEqual(
      refused('session_not_found'),
    );
    await expect(on.bus.request(deleteSession, foreign)).rejects.toEqual(refused('session_not_found'));
    expect(await on.bus.request(getSession, { projectId, id })).toMatchObject({ id, configVersion: 1 });
  });

  it('is not found after it was deleted', async () => {
    const session = await create();
    expect(await remove(session)).toEqual({ id: session.id });
    await expect(remove(session)).rejects.toEqual(refused('session_not_found'));
  });

  it('is a new one each time, also for the same user', async () => {
    const [first, second] = await Promise.all([create(), create()]);
    expect(first.id).not.toBe(second.id);
  });

  it("takes any user id that can be written, and refuses one that can't as bad input", async () => {
    for (const userId of ['ann@example.com', '用户/1', "Robert'); DROP TABLE sessions;--", '🙂']) {
      expect((await create({}, userId)).userId).toBe(userId);
    }
    await expect(create({}, 'ann\u0000')).rejects.toEqual(refused('invalid_request'));
  });
});
