import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { unique } from '../support/environment.js';
import { call, createProject, createSession, errorOf } from '../support/http.js';

let project: { id: string; apiKey: string };
let other: { id: string; apiKey: string };
const made: string[] = [];

beforeAll(async () => {
  project = await createProject(unique('lists'));
  other = await createProject(unique('lists'));
  for (const user of ['ann', 'anna%', 'bob']) {
    made.push(
      await createSession({ user_id: user, toolkits: { enable: ['time'] } }, { apiKey: project.apiKey }),
    );
  }
  await createSession({ user_id: 'ann' }, { apiKey: other.apiKey });
});

interface Page {
  items: { session_id: string; user_id: string }[];
  next_cursor: string | null;
  total_items: number;
}
const list = async (query = '') => {
  const answer = await call(`/tool_router/session${query}`, { apiKey: project.apiKey });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as Page;
};
const usersOf = async (query: string) => (await list(query)).items.map(({ user_id: user }) => user);

describe('the sessions of a project', () => {
  it('are listed newest first, by pages, and no other project’s are', async () => {
    const first = await list('?limit=2');
    expect(first.items).toMatchObject([
      {
        session_id: made[2],
        user_id: 'bob',
        toolkits: { enabled: ['time'] },
        config_version: 1,
        has_workbench: true,
      },
      { session_id: made[1] },
    ]);
    expect(first.total_items).toBe(3);
    const rest = await list(`?limit=2&cursor=${first.next_cursor}`);
    expect(rest.items).toMatchObject([{ session_id: made[0] }]);
    expect(rest.next_cursor).toBeNull();
  });

  it('are found by their id, by their user, by how a user’s id begins, and by time', async () => {
    expect((await list(`?search=${made[0]}`)).items).toMatchObject([{ session_id: made[0] }]);
    expect(await usersOf('?user_id=ann')).toEqual(['ann']);
    expect(await usersOf('?search=an')).toEqual(['anna%', 'ann']);
    expect(await usersOf(`?search=${encodeURIComponent('anna%')}`)).toEqual(['anna%']);
    expect(await usersOf(`?search=${encodeURIComponent('%')}`)).toEqual([]);
    expect(await usersOf(`?from=${Date.now() + 60_000}`)).toEqual([]);
    expect(await usersOf(`?to=${Date.now() + 60_000}`)).toHaveLength(3);
    errorOf(await call('/tool_router/session?from=yesterday', { apiKey: project.apiKey }), 400);
  });
});

it('a project’s activity has its calls by time, and the tools and users of most', async () => {
  const execute = (body: object) =>
    call(`/tool_router/session/${made[0]}/execute`, { apiKey: project.apiKey, body });
  const tool_slug = 'TIME_GET_CURRENT_TIME';
  for (const timezone of ['Europe/Paris', 'Asia/Tokyo', 'Mars/Olympus'])
    await execute({ tool_slug, arguments: { timezone } });
  await eventually(async () => {
    const { body } = await call('/project/activity', { apiKey: project.apiKey });
    expect(body).toMatchObject({
      total: { calls: 3, failed: 1 },
      points: [{ calls: expect.any(Number), p95_ms: expect.any(Number) }],
      top_tools: [{ tool_slug, calls: 3, failed: 1 }],
      top_users: [{ user_id: 'ann', calls: 3, failed: 1 }],
      failing_accounts: [],
    });
  });
  const { body } = await call('/project/activity', { apiKey: other.apiKey });
  expect(body).toMatchObject({ total: { calls: 0, p50_ms: null }, points: [], top_tools: [] });
  errorOf(await call('/project/activity?from=2&to=1', { apiKey: project.apiKey }), 400);
});
