import { afterEach, beforeAll, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { z } from 'zod';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession, errorOf } from '../support/http.js';
import { untilRecorded } from '../support/record.js';

const API = `${environment.baseUrl}/api/v3.1/logs/tool_execution`;
const Call = z.object({ id: z.string(), status: z.string(), metadata: z.record(z.string(), z.unknown()) });
const filterBy = (field: string, value: string) =>
  `filters=${encodeURIComponent(JSON.stringify([{ field, operator: '==', value }]))}`;

let project: { id: string; apiKey: string };
let sessionId: string;
const open: AbortController[] = [];

beforeAll(async () => {
  project = await createProject(unique('live'));
  sessionId = await createSession({ user_id: 'ann' }, project);
});
afterEach(() => {
  for (const controller of open.splice(0)) controller.abort();
});

async function execute(given = 'UTC', own: { apiKey: string } = project, session = sessionId) {
  const body = { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: given } };
  const answer = await call(`/tool_router/session/${session}/execute`, { ...own, body });
  return z.object({ log_id: z.string() }).parse(answer.body).log_id;
}

/** Watches as a browser's EventSource would; `seen` grows as events come. */
async function watch(query = '', apiKey = project.apiKey, lastEventId = '') {
  const controller = new AbortController();
  open.push(controller);
  const response = await fetch(`${API}/tail?${query}`, {
    headers: { 'x-api-key': apiKey, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: controller.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const seen: { event: string; data: unknown }[] = [];
  const ids: string[] = [];
  let rest = '';
  const done = (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = /^event: (.*)$/m.exec(block)?.[1];
        const id = /^id: (.*)$/m.exec(block)?.[1];
        if (id) ids.push(id);
        if (event) seen.push({ event, data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') });
      }
    }
  })();
  // The test's own end of it is no failure.
  done.catch(() => undefined);
  const calls = () => seen.filter(({ event }) => event === 'call').map(({ data }) => Call.parse(data));
  return { seen, ids, calls, done, leave: () => controller.abort() };
}

it('shows calls as they start and end, of the own project alone', async () => {
  const stranger = await createProject(unique('stranger'));
  const strangersSession = await createSession({ user_id: 'eve' }, stranger);
  const [own, foreign] = await Promise.all([watch(), watch('', stranger.apiKey)]);
  const logId = await execute();
  const strangersLog = await execute('UTC', stranger, strangersSession);
  await eventually(() => {
    expect(own.calls().map(({ id, status }) => [id, status])).toEqual([
      [logId, 'running'],
      [logId, 'success'],
    ]);
    expect(foreign.calls().map(({ id }) => id)).toEqual([strangersLog, strangersLog]);
  });
});

it('shows only what passes the filters', async () => {
  const { calls } = await watch(filterBy('status', 'failed'));
  await execute();
  const failed = await execute('Nowhere/Land');
  await eventually(() => expect(calls().map(({ id }) => id)).toEqual([failed]));
});

it('goes on after the last event that was seen, each call as it stands by then', async () => {
  const own = await createProject(unique('resumed'));
  const session = await createSession({ user_id: 'ann' }, own);
  const make = (timezone = 'UTC') => execute(timezone, own, session);
  const first = await watch('', own.apiKey);
  const before = await make();
  await eventually(() => expect(first.ids).toHaveLength(2));
  first.leave();
  const [good, bad] = [await make(), await make('Nowhere/Land')];
  const [all, failed] = await Promise.all(
    ['', filterBy('status', 'failed')].map((query) => watch(query, own.apiKey, first.ids[1])),
  );
  // What begins before it was told what it missed would be told as it stands, too.
  await eventually(() => expect(all?.calls().map(({ id }) => id)).toContain(bad));
  const next = await make();
  await eventually(() => {
    expect(all?.calls().map(({ id, status }) => [id, status])).toEqual([
      // Told twice, under the id that it had.
      [before, 'success'],
      [good, 'success'],
      [bad, 'failed'],
      [next, 'running'],
      [next, 'success'],
    ]);
    expect(failed?.calls().map(({ id }) => id)).toEqual([bad]);
  });
  expect(all?.ids[0]).toBe(first.ids[1]);
});

it('says that there is a gap when more was missed than a stream is for', async () => {
  const other = await createProject(unique('busy'));
  const session = await createSession({ user_id: 'ann' }, other);
  const began = Date.now();
  const tools = Array.from({ length: 50 }, () => ({
    tool_slug: 'TIME_GET_CURRENT_TIME',
    arguments: { timezone: 'UTC' },
  }));
  const many = { tool_slug: 'COMPOSIO_MULTI_EXECUTE_TOOL', arguments: { tools } };
  for (let turn = 0; turn < 10; turn += 1) {
    await call(`/tool_router/session/${session}/execute`, { ...other, body: many });
  }
  const { seen } = await watch('', other.apiKey, `${began}-log_x-success`);
  await eventually(() => expect(seen).toHaveLength(501));
  expect(seen[0]).toMatchObject({ event: 'gap', data: { from: new Date(began).toISOString() } });
});

it('refuses what it cannot read, and keys that are none', async () => {
  errorOf(await call('/logs/tool_execution/tail?filters=nonsense', project), 400);
  errorOf(await call('/logs/tool_execution/export?from=yesterday', project), 400);
  errorOf(await call('/logs/tool_execution/tail', { apiKey: 'ak_nobodys' }), 401);
});

it('ends when the key is revoked', async () => {
  const { id } = project;
  const other = await createProject(unique('short-lived'));
  const { seen, done } = await watch('', other.apiKey);
  const rotated = await call(`/org/owner/project/${other.id}/regenerate_api_key`, {
    method: 'POST',
    apiKey: null,
    headers: { 'x-org-api-key': environment.orgApiKey },
  });
  expect(rotated.status).toBeLessThan(300);
  await done;
  expect(seen).toEqual([{ event: 'end', data: { reason: 'The key is no longer valid.' } }]);
  expect(id).not.toBe(other.id);
});

it('exports every call with all that is known of it, a line each', async () => {
  const logIds: string[] = [];
  for (let index = 0; index < 60; index += 1) logIds.push(await execute());
  const last = await execute('Asia/Tokyo');
  await untilRecorded(last, project);
  const response = await fetch(`${API}/export`, { headers: { 'x-api-key': project.apiKey } });
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const Line = z.object({ id: z.string(), data: z.object({ request: z.unknown(), response: z.unknown() }) });
  const lines = (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));
  const ids = lines.map(({ id }) => id);
  // More than a page, newest first, none twice.
  expect(ids.slice(0, 61)).toEqual([last, ...logIds.toReversed()]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(lines[0]?.data.request).toEqual({ timezone: 'Asia/Tokyo' });
  const some = await fetch(`${API}/export?${filterBy('log_id', last)}`, {
    headers: { 'x-api-key': project.apiKey },
  });
  expect((await some.text()).match(/\n/g)).toHaveLength(1);
});
