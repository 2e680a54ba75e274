import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { HOSTILE, HostileAgentDriver } from './hostile-agent.driver.js';
import { runWorkbench, type Replica } from './running-workbench.js';

/* What one project may have of a workbench that it shares with others. */

let workbench: Awaited<ReturnType<typeof runWorkbench>>;
let replica: Replica;
beforeAll(async () => {
  workbench = await runWorkbench({
    PATCHBAY_WORKBENCH_MAX_SANDBOXES: '3',
    PATCHBAY_WORKBENCH_PROJECT_ARCHIVE_MB: '1',
    PATCHBAY_WORKBENCH_WARM: '0',
  });
  replica = await workbench.start({}, new HostileAgentDriver());
}, 60_000);
afterAll(() => workbench?.stop());

describe('a project', () => {
  it('that runs code in all the sandboxes that it may have is told so, and others start theirs', async () => {
    const projectId = newId('project');
    const busy = [workbench.open(projectId), workbench.open(projectId)];
    for (const session of busy) await session.value('1');
    const before = workbench.gateway.seen.length;
    const runs = Promise.allSettled(
      busy.map((session) =>
        session.run(
          'import os, time\nrun_composio_tool("A_TOOL")\nwhile not os.path.exists("/tmp/enough"): time.sleep(0.05)',
        ),
      ),
    );
    await eventually(() => expect(workbench.gateway.seen.length).toBe(before + 2));
    const refused = workbench.open(projectId).value('1');
    await expect(refused).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfter: 5,
      message: 'All 2 sandboxes that one project may have here at once are busy.',
      suggestion: expect.stringContaining('PATCHBAY_WORKBENCH_PROJECT_SHARE'),
    });
    expect(await workbench.open().value('"neighbour"')).toBe("'neighbour'");
    await Promise.all(busy.map((session) => replica.workspaces.endSession(projectId, session.id)));
    await runs;
  });

  it('has so much kept of its sandboxes and no more; what is not kept is said, and others keep theirs', async () => {
    const projectId = newId('project');
    const [first, second, other] = [workbench.open(projectId), workbench.open(projectId), workbench.open()];
    const fill = 'import os\nopen("/home/user/random", "wb").write(os.urandom(700_000))\nx = 5';
    for (const session of [first, second, other]) await session.value(fill);
    await replica.stop();
    replica = await workbench.start({}, new HostileAgentDriver());
    const outcomes = [];
    for (const session of [first, second, other]) outcomes.push(await session.run('"x" in globals()'));
    expect(outcomes.map(({ result }) => result).toSorted()).toEqual(['False', 'True', 'True']);
    expect(outcomes[2]?.result).toBe('True');
    const told = outcomes.find(({ result }) => result === 'False');
    expect(told?.notice).toMatch(/variables are gone.*more than 1 MB together.*PROJECT_ARCHIVE_MB/);
  });
});

/** More of them with LOST_SANDBOXES=200, which takes minutes. */
const LOST_SANDBOXES = Number(process.env['LOST_SANDBOXES'] ?? 12);

describe('a sandbox after one that was lost', () => {
  it(
    'has a key that is good, every time',
    async () => {
      const session = workbench.open();
      for (let time = 0; time < LOST_SANDBOXES; time += 1) {
        await expect(session.run(`${HOSTILE}agent.send_line(b"x\\n")`)).rejects.toMatchObject({
          code: 'sandbox_lost',
        });
        expect(await session.value('run_composio_tool("A_TOOL", {}, print_schema_for_tool=False)[1]')).toBe(
          "''",
        );
      }
    },
    30_000 + LOST_SANDBOXES * 2_000,
  );

  it('is there for a session whose kept home takes its sandboxes with it', async () => {
    const session = workbench.open();
    await session.value('x = 5');
    await replica.stop();
    replica = await workbench.start({}, new HostileAgentDriver('unpack'));
    const { result, notice } = await session.run('1 + 1');
    expect(result).toBe('2');
    expect(notice).toContain('started again');
  });
});
