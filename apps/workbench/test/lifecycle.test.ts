import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getWorkbenchStatus, sessionDeleted } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { killSandboxes, runWorkbench, type Replica, type TestSession } from './running-workbench.js';

let workbench: Awaited<ReturnType<typeof runWorkbench>>;
beforeAll(async () => {
  workbench = await runWorkbench({ PATCHBAY_WORKBENCH_WARM: '0' });
}, 60_000);
afterAll(() => workbench?.stop());

const rows = (replica: Replica): Promise<Record<string, unknown>[]> =>
  replica.app.get(DataSource).query('SELECT * FROM workspaces');

const rowOf = async (replica: Replica, { id }: TestSession) =>
  (await rows(replica)).find((row) => row['session_id'] === id);

const DEFINITIONS = [
  'import math, threading',
  'from collections import Counter',
  'SCALE = 10',
  'class Point:',
  '    def __init__(self, x): self.x = x',
  '    def far(self): return self.x * SCALE',
  'def twice(n): return n * 2',
  'points = [Point(1), Point(2)]',
  'same = points',
  'counts = Counter("hello")',
  'lock = threading.Lock()',
  'file = open("/home/user/notes.txt", "w+")',
  'print("kept", file=file, flush=True)',
].join('\n');

const LOOK =
  '[p.far() for p in points], twice(4), math.sqrt(9), counts["l"], same is points, open("notes.txt").read()';
const SEEN = "([10, 20], 8, 3.0, 2, True, 'kept\\n')";

describe('a workbench without a driver that works', () => {
  const status = () => workbench.bus.request(getWorkbenchStatus, {});

  it('is switched off by its setting, and says so', async () => {
    const replica = await workbench.start({ PATCHBAY_WORKBENCH_DRIVER: 'none' });
    expect(await status()).toEqual({
      available: false,
      reason: expect.stringContaining('PATCHBAY_WORKBENCH_DRIVER'),
    });
    await expect(workbench.open().run('1')).rejects.toMatchObject({ code: 'unavailable' });
    await replica.stop();
  });

  it('says what is missing where bubblewrap is not installed', async () => {
    const replica = await workbench.start({ PATH: '/nowhere' });
    expect((await status()).reason).toContain('apt-get install bubblewrap');
    await replica.stop();
  });
});

describe('a sandbox that is suspended', () => {
  it('comes back with its files and variables, and names what could not be kept', async () => {
    const replica = await workbench.start({ PATCHBAY_WORKBENCH_IDLE_SECONDS: 1 });
    const session = workbench.open();
    await session.value(DEFINITIONS);
    expect(await session.value(LOOK)).toBe(SEEN);
    await eventually(async () => {
      expect((await rows(replica)).find((row) => row['session_id'] === session.id)).toMatchObject({
        state: 'stored',
        key_sha256: null,
      });
    });
    const outcome = await session.run(LOOK);
    expect(outcome.error).toBeNull();
    expect(outcome.result).toBe(SEEN);
    expect(outcome.notice).toMatch(/file \(.*lock \(|lock \(.*file \(/);
    expect(outcome.notice).not.toMatch(/points|counts|twice/);
    await replica.stop();
  });

  it('survives a restart of the service, and moves to another replica', async () => {
    const session = workbench.open();
    const first = await workbench.start();
    await session.value('kept = {"answer": 42}\nopen("/home/user/file.txt", "w").write("here")');
    await first.stop();
    const second = await workbench.start();
    const outcome = await session.run('kept["answer"], open("file.txt").read()');
    expect(outcome).toMatchObject({ error: null, result: "(42, 'here')", notice: null });
    await second.stop();
  });
});

describe('a sandbox that runs on one of two replicas', () => {
  it('is found whichever of them is asked', async () => {
    const [one, two] = await Promise.all([workbench.start(), workbench.start()]);
    const session = workbench.open();
    await session.value('count = 0');
    for (let call = 1; call <= 10; call += 1) {
      expect(await session.value('count += 1\ncount')).toBe(String(call));
    }
    expect((await rows(one)).filter((row) => row['session_id'] === session.id)).toHaveLength(1);
    await Promise.all([one.stop(), two.stop()]);
  });

  it('is taken over when its replica has died, without its variables and saying so', async () => {
    const dead = await workbench.start();
    const session = workbench.open();
    await session.value('count = 1\nopen("/mnt/files/safe.txt", "w").write("safe")');
    // As if it had been killed: its lease is not renewed, and it answers no request.
    await dead.app
      .get(DataSource)
      .query(`UPDATE workspaces SET owner = 'dead-replica' WHERE session_id = $1`, [session.id]);
    await dead.stop();
    const heir = await workbench.start();
    await heir.app.get(DataSource).query(
      `UPDATE workspaces SET leased_until = now() + interval '2 seconds', is_archive_current = false
         WHERE session_id = $1`,
      [session.id],
    );
    const outcome = await session.run('"count" in globals(), open("/mnt/files/safe.txt").read()');
    expect(outcome).toMatchObject({ error: null, result: "(False, 'safe')" });
    expect(outcome.notice).toContain('variables are gone');
    await heir.stop();
  });
});

describe('a sandbox whose service was killed', () => {
  /** As SIGKILL leaves it: its sandboxes end with it, and its rows say that they run. */
  async function kill(replica: Replica, session: TestSession): Promise<void> {
    await replica.app
      .get(DataSource)
      .query(
        `UPDATE workspaces SET owner = 'dead-replica', leased_until = now() - interval '1 second' WHERE session_id = $1`,
        [session.id],
      );
    await killSandboxes();
    await replica.stop();
  }

  it('comes back as its last run left it, when that is long enough ago for a checkpoint', async () => {
    const dead = await workbench.start();
    const session = workbench.open();
    await session.value(DEFINITIONS);
    await eventually(async () =>
      expect(await rowOf(dead, session)).toMatchObject({ is_archive_current: true }),
    );
    await kill(dead, session);
    const heir = await workbench.start();
    const outcome = await session.run(LOOK);
    expect(outcome).toMatchObject({ error: null, result: SEEN });
    expect(outcome.notice).toMatch(/lost and restored.*Not kept: .*lock \(/);
    expect(await session.value('import os; os.path.exists(".patchbay/variables")')).toBe('False');
    await heir.stop();
  });

  it('loses variables that are too large for a checkpoint, and names them', async () => {
    const dead = await workbench.start();
    const session = workbench.open();
    await session.value('import os\nlarge = os.urandom(40 * 2**20)\nopen("small.txt", "w").write("here")');
    await eventually(async () =>
      expect(await rowOf(dead, session)).toMatchObject({ is_archive_current: true }),
    );
    await kill(dead, session);
    const heir = await workbench.start();
    const outcome = await session.run('"large" in globals(), open("small.txt").read()');
    expect(outcome).toMatchObject({ error: null, result: "(False, 'here')" });
    expect(outcome.notice).toContain('Not kept: large (all values together are too large to keep)');
    await heir.stop();
  });
});

describe('a session that is deleted', () => {
  const filesOf = ({ projectId, id }: TestSession) =>
    `${workbench.folder}/kept/projects/${projectId}/sessions/${id}`;
  const remove = (session: TestSession) =>
    workbench.bus.publish(
      sessionDeleted,
      workbench.bus.envelop(session.projectId, { sessionId: session.id, userId: 'ann', configVersion: 1 }),
    );
  async function nothingIsLeft(replica: Replica, session: TestSession): Promise<void> {
    await eventually(async () => {
      expect(await rowOf(replica, session)).toBeUndefined();
      expect(existsSync(filesOf(session))).toBe(false);
    });
  }

  it('leaves nothing, whichever replica runs its sandbox', async () => {
    const [one, two] = await Promise.all([workbench.start(), workbench.start()]);
    const session = workbench.open();
    await session.value('open("/mnt/files/a.txt", "w").write("a")');
    expect(existsSync(filesOf(session))).toBe(true);
    await remove(session);
    await nothingIsLeft(one, session);
    await Promise.all([one.stop(), two.stop()]);
  });

  it('leaves nothing when no replica received the event', async () => {
    const away = await workbench.start();
    const sessions = [workbench.open(), workbench.open()];
    for (const session of sessions) await session.value('open("/mnt/files/a.txt", "w").write("a")');
    await away.stop();
    expect(sessions.map((session) => existsSync(filesOf(session)))).toEqual([true, true]);
    // At the same time they share a message of the stream.
    await Promise.all(sessions.map(remove));
    const back = await workbench.start();
    for (const session of sessions) await nothingIsLeft(back, session);
    await back.stop();
  });
});
