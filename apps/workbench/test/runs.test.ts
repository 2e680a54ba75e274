import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runWorkbench } from './running-workbench.js';

let workbench: Awaited<ReturnType<typeof runWorkbench>>;
beforeAll(async () => {
  workbench = await runWorkbench({ PATCHBAY_WORKBENCH_TIME_LIMIT_SECONDS: '2' });
  await workbench.start();
}, 60_000);
afterAll(() => workbench?.stop());

describe('a run', () => {
  it('over its time is interrupted, and Python keeps its variables', async () => {
    const session = workbench.open();
    await session.value('x = 5');
    const outcome = await session.run('import time\ntime.sleep(60)');
    expect(outcome.error).toContain('longer than 2 seconds');
    expect(await session.value('x')).toBe('5');
  });

  const SLOW = 'import time\nran += 1\ntime.sleep(1.2)\nran';
  const within = (limitMs: number, isRetry = false) => ({
    deadline: Date.now() + limitMs,
    storePayloads: true,
    isRetry,
  });

  it('that is meant twice is run twice, also at the same time', async () => {
    const session = workbench.open();
    await session.value('ran = 0');
    const both = await Promise.all([session.value(SLOW), session.value(SLOW)]);
    expect(both.toSorted()).toEqual(['1', '2']);
  });

  it('whose caller was told to ask again is joined once, and then run again', async () => {
    const session = workbench.open();
    await session.value('ran = 0');
    const hasty = session.value(SLOW, within(2_600));
    await expect(hasty).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(await session.value(SLOW)).toBe('1');
    expect(await session.value(SLOW)).toBe('2');
  });

  it('that says it was sent before is joined while the first one is waited for', async () => {
    const session = workbench.open();
    await session.value('ran = 0');
    const first = session.value(SLOW);
    const again = session.value(SLOW, within(20_000, true));
    expect(await Promise.all([first, again])).toEqual(['1', '1']);
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

  it.each([
    ['!ls', 'COMPOSIO_REMOTE_BASH_TOOL'],
    ['%%bash\nls', 'COMPOSIO_REMOTE_BASH_TOOL'],
    ['%matplotlib inline', 'no %magic'],
    ['!pip install polars', 'no network to install it from'],
    ['x = 1\n%pip install polars', 'no network to install it from'],
    ['import asyncio\nasync def f(): pass\nt = asyncio.create_task(f())', 'await at the top level'],
  ])('that is no plain Python, as %j, is told what to write instead', async (code, hint) => {
    const { error } = await workbench.open().run(code);
    expect(error).toMatch(/(Syntax|Runtime)Error/);
    expect(error).toContain(hint);
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
});
