import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSql } from '@patchbay/testing';
import { z } from 'zod';
import { connectKeyed } from '../support/accounts.js';
import { startBadNetwork, type BadNetwork } from '../support/bad-network.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createSession, errorOf } from '../support/http.js';
import { releaseNotes, timesWritten } from '../support/notes.js';
import { recorded, untilRecorded } from '../support/record.js';

const composio = newComposio();
const user = unique('user_retrying');
let network: BadNetwork;
/** The official SDK as it comes, whose requests take the way over the bad network. */
let retrying: ReturnType<typeof newComposio>;

beforeAll(async () => {
  network = await startBadNetwork();
  retrying = newComposio(environment.apiKey, network.url);
  await connectKeyed(composio, user, await customConfig(composio, 'keyed', 'API_KEY'));
});
beforeEach(() => {
  network.passed.length = 0;
  network.onPass = () => {};
  network.loses = () => false;
});
afterAll(() => network?.close());

describe('a call that the SDK gives up on, and retries by itself', () => {
  const sessionWithShortPatience = async () => {
    const session = await retrying.create(user, { toolkits: ['keyed'] });
    retrying.getClient().timeout = 1_500;
    return session;
  };

  it.each([
    ['by itself', (text: string) => ['KEYED_WRITE_NOTE', { text, hold: true }] as const],
    [
      'among several',
      (text: string) =>
        [
          'COMPOSIO_MULTI_EXECUTE_TOOL',
          {
            sync_response_to_workbench: false,
            tools: [{ tool_slug: 'KEYED_WRITE_NOTE', arguments: { text, hold: true } }],
          },
        ] as const,
    ],
  ])('acts once and is answered: %s', async (_, callOf) => {
    const text = unique('once');
    const session = await sessionWithShortPatience();
    // The provider answers when the client has given up once and retried.
    network.onPass = ({ retryCount }) => void (retryCount > 0 && releaseNotes(text));
    const [slug, args] = callOf(text);
    const { error, data, logId } = await session.execute(slug, args);
    retrying.getClient().timeout = 60_000;
    expect(error).toBeNull();
    expect(JSON.stringify(data)).toContain(text);
    expect(network.passed.filter(({ path }) => path.endsWith('/execute')).length).toBeGreaterThan(1);
    expect(await timesWritten(text)).toBe(1);
    await untilRecorded(logId);
    const calls = { session_id: session.sessionId, tool_slug: 'KEYED_WRITE_NOTE' };
    expect(await recorded(calls)).toHaveLength(1);
  });
});

describe('what acted, and whose answer was lost', () => {
  beforeEach(() => {
    network.loses = ({ method, retryCount }) => method !== 'GET' && retryCount === 0;
  });

  it('is one session, changed once, with one link, deleted', async () => {
    const owner = unique('user_lost');
    const session = await retrying.create(owner, { toolkits: ['github'] });
    const rows = await runSql(
      environment.databaseUrl,
      `SELECT id FROM sessions.sessions WHERE user_id = '${owner}'`,
    );
    expect(rows).toEqual([{ id: session.sessionId }]);

    await session.update({ toolkits: ['github', 'time'] });
    expect(session.configVersion).toBe(2);

    const request = await session.authorize('github');
    const { items } = await composio.connectedAccounts.list({ userIds: [owner] });
    expect(items.map(({ id }) => id)).toEqual([request.id]);

    expect(await session.delete()).toMatchObject({ deleted: true });
    expect(network.passed.filter(({ retryCount }) => retryCount === 1).length).toBeGreaterThanOrEqual(4);
  });

  it('is one call of a tool', async () => {
    const text = unique('lost');
    const session = await retrying.create(user, { toolkits: ['keyed'] });
    const { data } = await session.execute('KEYED_WRITE_NOTE', { text });
    expect(data).toMatchObject({ text });
    expect(await timesWritten(text)).toBe(1);
  });

  it('is made each time that a caller means it', async () => {
    const text = unique('meant');
    const session = await composio.create(user, { toolkits: ['keyed'] });
    for (const meant of [1, 2]) {
      await session.execute('KEYED_WRITE_NOTE', { text });
      expect(await timesWritten(text)).toBe(meant);
    }
  });
});

describe('an Idempotency-Key', () => {
  const Outcome = z.object({ data: z.record(z.string(), z.unknown()), log_id: z.string() });
  let path: string;
  beforeAll(async () => {
    path = `/tool_router/session/${await createSession({ user_id: user, toolkits: { enable: ['keyed'] } })}/execute`;
  });
  const write = (key: string, text: string) =>
    call(path, {
      headers: { 'idempotency-key': key },
      body: { tool_slug: 'KEYED_WRITE_NOTE', arguments: { text } },
    });

  it('is kept, and answers again what came of the first request', async () => {
    const [key, text] = [randomUUID(), unique('keyed')];
    const answers = await Promise.all([1, 2, 3].map(() => write(key, text)));
    answers.push(await write(key, text));
    const ids = answers.map(({ status, body }) => {
      expect(status).toBe(200);
      return Outcome.parse(body).log_id;
    });
    expect(new Set(ids).size).toBe(1);
    expect(await timesWritten(text)).toBe(1);
  });

  it('is refused with another request, and when it cannot be one', async () => {
    const key = randomUUID();
    await write(key, unique('first'));
    const text = unique('second');
    expect(errorOf(await write(key, text), 422).message).toContain('Idempotency-Key');
    expect(await timesWritten(text)).toBe(0);
    errorOf(await write('x'.repeat(300), text), 400);
  });
});
