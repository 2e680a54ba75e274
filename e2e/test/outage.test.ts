import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startTestPlatform, type TestPlatform } from '@patchbay/testing';
import { z } from 'zod';
import { unique } from '../support/environment.js';
import { call as request, createSession, errorOf, type Answer, type Call } from '../support/http.js';
import { untilRecorded } from '../support/record.js';

const SESSIONS = '/tool_router/session';
const Executed = z.object({ error: z.null(), log_id: z.string() });

/** Has a platform of its own: here its parts are taken away. */
describe('with a part of it stopped, the platform', () => {
  let test: TestPlatform;
  let sessionId: string;
  let pid: number | undefined;

  const here = (): Call => ({ baseUrl: test.platform.baseUrl, apiKey: test.platform.apiKey });
  const call = (path: string, options: Call = {}) => request(path, { ...here(), ...options });
  const newSession = () => createSession({ user_id: unique('user_a') }, here());
  const create = () => call(SESSIONS, { body: { user_id: unique('user_a') } });
  const tellTime = () =>
    call(`${SESSIONS}/${sessionId}/execute`, { body: { tool_slug: 'TIME_GET_CURRENT_TIME' } });
  const health = (kind: 'live' | 'ready') => call(`${test.platform.baseUrl}/health/${kind}`);

  const works = async () => {
    await eventually(
      async () => {
        expect((await health('ready')).status).toBe(200);
        Executed.parse((await tellTime()).body);
        await newSession();
      },
      { timeout: 50_000 },
    );
    expect(test.platform.services.gateway.pid).toBe(pid);
  };
  const expectUnavailable = (answer: Answer) => {
    errorOf(answer, 503);
    // Some milliseconds, a second on a busy machine. Who waits for an answer in vain waits for ten seconds.
    expect(answer.milliseconds).toBeLessThan(5_000);
  };

  beforeAll(async () => {
    test = await startTestPlatform();
    pid = test.platform.services.gateway.pid;
    sessionId = await newSession();
  }, 120_000);

  afterAll(() => test?.stop());

  it('is alive and ready with everything there', async () => {
    expect((await health('live')).status).toBe(200);
    expect((await health('ready')).status).toBe(200);
    Executed.parse((await tellTime()).body);
  });

  it.each(['nats', 'postgres'] as const)(
    'fails at once without %s, stays up, and works again when it is back',
    async (part) => {
      await test.platform[part]?.stop();
      try {
        expectUnavailable(await create());
        expectUnavailable(await create());
        expect((await health('live')).status).toBe(200);
        await eventually(async () => expect((await health('ready')).status).toBe(503));
      } finally {
        await test.platform[part]?.start();
      }
      await works();
    },
  );

  it('fails tool calls at once without nats', async () => {
    await test.platform.nats?.stop();
    try {
      expectUnavailable(await tellTime());
    } finally {
      await test.platform.nats?.start();
    }
    await works();
  });

  it('still makes sessions without tools, whose calls fail at once', async () => {
    const { tools } = test.platform.services;
    await tools.stop();
    try {
      expectUnavailable(await tellTime());
      expect((await create()).status).toBe(201);
      expect((await health('live')).status).toBe(200);
    } finally {
      await tools.start();
    }
    await works();
  });

  it('keeps the tools of a session as they were when tools comes back as another release', async () => {
    const { tools } = test.platform.services;
    const open = () => createSession({ user_id: unique('user_a'), toolkits: { enable: ['test'] } }, here());
    const run = async (id: string, tool_slug: string, args: object = {}) =>
      call(`${SESSIONS}/${id}/execute`, { body: { tool_slug, arguments: args } });
    const ask = (id: string, use_case: string) =>
      call(`${SESSIONS}/${id}/search`, { body: { queries: [{ use_case }] } });
    const before = await open();
    const shown = (await ask(before, 'parameter that clients repeat in a header')).body;
    expect(shown).toMatchObject({
      tool_schemas: { TEST_HEADERS: { input_schema: { required: ['region'] } } },
    });
    await tools.stop();
    await releaseOtherTools(test.platform.home);
    await tools.start();
    await works();

    // What the older session was shown it is shown still, and it runs; the new one has what ships now.
    expect((await ask(before, 'parameter that clients repeat in a header')).body).toMatchObject({
      tool_schemas: { TEST_HEADERS: { input_schema: { required: ['region'] } } },
    });
    Executed.parse((await run(before, 'TEST_HEADERS', { region: 'eu' })).body);
    Executed.parse((await run(before, 'TEST_SIMPLE_TEXT')).body);
    const after = await open();
    expect((await run(after, 'TEST_HEADERS', { region: 'eu' })).body).toMatchObject({
      error: expect.stringContaining('area'),
    });
    Executed.parse((await run(after, 'TEST_HEADERS', { area: 'eu' })).body);
    for (const [id, found] of [
      [before, true],
      [after, false],
    ] as const) {
      const args = { tool_slugs: ['TEST_HANG'] };
      const { body } = await run(id, 'COMPOSIO_GET_TOOL_SCHEMAS', args);
      expect(body).toMatchObject({ data: { success: found } });
    }
    await works();
  });

  it('still runs tools without sessions, and makes none', async () => {
    const { sessions } = test.platform.services;
    Executed.parse((await tellTime()).body);
    await sessions.stop();
    try {
      Executed.parse((await tellTime()).body);
      expectUnavailable(await create());
    } finally {
      await sessions.start();
    }
    await works();
  });

  it('still runs tools that need no account without auth, and makes no links', async () => {
    const { auth } = test.platform.services;
    Executed.parse((await tellTime()).body);
    await auth.stop();
    try {
      Executed.parse((await tellTime()).body);
      expectUnavailable(await call(`${SESSIONS}/${sessionId}/link`, { body: { toolkit: 'github' } }));
    } finally {
      await auth.start();
    }
    await works();
  });

  it('works without logs, and records what happened meanwhile once they are back', async () => {
    const { logs } = test.platform.services;
    await logs.stop();
    let logId: string;
    try {
      logId = Executed.parse((await tellTime()).body).log_id;
      expectUnavailable(await call('/logs/tool_execution', { body: {} }));
    } finally {
      await logs.start();
    }
    const entry = await untilRecorded(logId, here());
    expect(entry).toMatchObject({ status: 'success', context: { session_id: sessionId } });
  });

  it('loses nothing when a service is killed and started again', async () => {
    const { sessions } = test.platform.services;
    const before = (await call(`${SESSIONS}/${sessionId}`)).body;
    await sessions.stop('SIGKILL');
    await sessions.start();
    await works();
    expect((await call(`${SESSIONS}/${sessionId}`)).body).toEqual(before);
  });
});

/** The toolkit `test` with a parameter that is called differently, and without one of its tools. */
async function releaseOtherTools(home: string): Promise<void> {
  const file = join(home, 'toolkits.mjs');
  const before = await readFile(file, 'utf8');
  const changed = `
    const release = (tool) =>
      tool.slug === 'TEST_HEADERS'
        ? { ...tool, input: { type: 'object', properties: { area: { type: 'string' } }, required: ['area'] } }
        : tool;
    export const toolkits = before.map((toolkit) => ({
      ...toolkit,
      version: '20270101_00',
      tools: toolkit.tools.filter(({ slug }) => slug !== 'TEST_HANG').map(release),
    }));`;
  await writeFile(file, before.replace('export const toolkits', 'const before') + changed);
}
