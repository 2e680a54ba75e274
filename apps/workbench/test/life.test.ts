import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getWorkbenchStatus, sessionDeleted } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { runWorkbench, type Replica } from './running-workbench.js';

let workbench: Awaited<ReturnType<typeof runWorkbench>>;
beforeAll(async () => {
  workbench = await runWorkbench({ PATCHBAY_WORKBENCH_WARM: '0' });
}, 60_000);
afterAll(() => workbench?.stop());

const rows = (replica: Replica): Promise<Record<string, unknown>[]> =>
  replica.app.get(DataSource).query('SELECT * FROM workspaces');

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

describe('a sandbox that is put away', () => {
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
    // As if it had been killed: nobody renews its lease, nobody answers for it.
    await dead.app
      .get(DataSource)
      .query(`UPDATE workspaces SET owner = 'dead-replica' WHERE session_id = $1`, [session.id]);
    await dead.stop();
    const heir = await workbench.start();
    await heir.app
      .get(DataSource)
      .query(
        `UPDATE workspaces SET leased_until = now() + interval '2 seconds', state = 'live' WHERE session_id = $1`,
        [session.id],
      );
    const outcome = await session.run('"count" in globals(), open("/mnt/files/safe.txt").read()');
    expect(outcome).toMatchObject({ error: null, result: "(False, 'safe')" });
    expect(outcome.notice).toContain('variables are gone');
    await heir.stop();
  });
});

describe('a run', () => {
  let replica: Replica;
  beforeAll(async () => {
    replica = await workbench.start({ PATCHBAY_WORKBENCH_TIME_LIMIT_SECONDS: 2 });
  });
  afterAll(() => replica?.stop());

  it('over its time is interrupted, and Python keeps its variables', async () => {
    const session = workbench.open();
    await session.value('x = 5');
    const outcome = await session.run('import time\ntime.sleep(60)');
    expect(outcome.error).toContain('longer than 2 seconds');
    expect(await session.value('x')).toBe('5');
  });

  it('that is asked for again while it runs is joined, not run twice', async () => {
    const session = workbench.open();
    await session.value('ran = 0');
    const code = 'import time\nran += 1\ntime.sleep(0.5)\nran';
    const both = await Promise.all([session.value(code), session.value(code)]);
    expect(both).toEqual(['1', '1']);
    expect(await session.value('ran')).toBe('1');
  });

  it('waits for the one before it in the same session', async () => {
    const session = workbench.open();
    await session.value('order = []');
    await Promise.all([
      session.run('import time\norder.append("a")\ntime.sleep(0.3)\norder.append("b")'),
      session.run('order.append("c")'),
    ]);
    expect(["['a', 'b', 'c']", "['c', 'a', 'b']"]).toContain(await session.value('order'));
  });

  it('reaches the gateway only with the key of its own session, under the log of the run', async () => {
    const session = workbench.open();
    expect(await session.value('run_composio_tool("A_TOOL", {"n": 1})[0]["data"]["echo"]["tool_slug"]')).toBe(
      "'A_TOOL'",
    );
    const call = workbench.gateway.seen.at(-1);
    expect(call?.url).toBe(`/api/v3.1/tool_router/session/${session.id}/execute`);
    expect(call?.headers['x-workbench-log-id']).toBe('log_of_the_run');
    session.settings = { ...session.settings, proxyExecution: false };
    expect(await session.value('proxy_execute("GET", "/x", "github")[1]')).toContain('switched off');
  });

  it('leaves nothing when its session is deleted', async () => {
    const session = workbench.open();
    await session.value('open("/mnt/files/a.txt", "w").write("a")');
    const data = { sessionId: session.id, userId: 'ann', configVersion: 1 };
    await workbench.bus.publish(sessionDeleted, workbench.bus.envelop(session.projectId, data));
    await eventually(async () => {
      expect((await rows(replica)).map((row) => row['session_id'])).not.toContain(session.id);
    });
  });
});
