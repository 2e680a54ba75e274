import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { z } from 'zod';
import { newComposio } from '../support/composio.js';
import { connectGithub } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession, errorOf } from '../support/http.js';
import { newestComposio } from '../support/sdk.newest.js';
import { recorded, recordOf, untilRecorded } from '../support/record.js';

const Timeline = z.object({
  items: z.array(z.object({ kind: z.string(), log_id: z.string().optional() }).loose()),
  next_cursor: z.string().nullable(),
});
const asOrganisation = { apiKey: null, headers: { 'x-org-api-key': environment.orgApiKey } };

describe("the record of a project's own", () => {
  const user = unique('user_a');
  let project: { id: string; apiKey: string };
  let sessionId: string;
  let logIds: string[] = [];

  const own = () => ({ apiKey: project.apiKey });
  const execute = async (body: object) => {
    const answer = await call(`/tool_router/session/${sessionId}/execute`, { ...own(), body });
    return z.object({ log_id: z.string() }).parse(answer.body).log_id;
  };

  beforeAll(async () => {
    project = await createProject(unique('recorded'));
    const session = await newComposio(project.apiKey).create(user, { toolkits: ['github', 'time'] });
    ({ sessionId } = session);
    await connectGithub(session);
    await session.search({ query: 'tell the current time' });
    logIds = [
      await execute({ tool_slug: 'TIME_GET_CURRENT_TIME' }),
      await execute({ tool_slug: 'GITHUB_GET_THE_AUTHENTICATED_USER' }),
      await execute({
        tool_slug: 'GITHUB_GET_A_REPOSITORY',
        arguments: { owner: 'nobody', repo: 'nothing' },
      }),
    ];
    for (const logId of logIds) await untilRecorded(logId, own());
  });

  it("lists the session's timeline in order", async () => {
    const { items } = Timeline.parse((await call(`/tool_router/session/${sessionId}/story`, own())).body);
    const kinds = items.map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(['created', 'linked']);
    expect(kinds.indexOf('connected')).toBeGreaterThan(1);
    expect(kinds.indexOf('searched')).toBeGreaterThan(kinds.indexOf('connected'));
    expect(items.flatMap(({ log_id: id }) => id ?? []).slice(-3)).toEqual(logIds);
    const foreign = await call(`/tool_router/session/${sessionId}/story`);
    expect(Timeline.parse(foreign.body).items).toEqual([]);
  });

  it('is read by older clients too, page by page, with numbers for cursors', async () => {
    const { tools } = newComposio(project.apiKey).getClient().logs;
    const ids: string[] = [];
    let cursor: number | null = 0;
    do {
      const page: Awaited<ReturnType<typeof tools.list>> = await tools.list({ cursor, limit: 1 });
      expect(page.data).toHaveLength(1);
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(ids.slice(0, 3)).toEqual(logIds.toReversed());
    expect(new Set(ids).size).toBe(ids.length);

    const search_params = [{ field: 'actionKey', operation: 'contains', value: 'a_repository' }];
    const found = await tools.list({ cursor: null, case_sensitive: false, search_params });
    expect(found.data).toMatchObject([
      {
        id: logIds[2],
        actionKey: 'GITHUB_GET_A_REPOSITORY',
        appKey: 'github',
        app: { name: 'GitHub', icon: expect.stringMatching(/^(data|https?):/) },
        entityId: user,
        status: 'failed',
      },
    ]);
    expect((await tools.list({ cursor: null, search_params })).data).toEqual([]);
    const detail = await tools.retrieve(String(logIds[0]));
    expect(detail).toMatchObject({
      actionId: 'TIME_GET_CURRENT_TIME',
      actionLogId: logIds[0],
      status: 'success',
      session: { id: sessionId },
      steps: [{ type: 'tool_execution', status: 'success' }],
    });
    expect(detail.endTime - detail.startTime).toBe(Number(detail.totalDuration));
    const { body } = await call('/internal/action_execution/fields', own());
    expect(JSON.stringify(body)).toContain('"id":"actionKey"');
    const unknown = { ...own(), body: { cursor: null, search_params: [{ field: 'nonsense' }] } };
    errorOf(await call('/internal/action_execution/logs', unknown), 400);
  });

  it('filters by the auth config and by text', async () => {
    const [, github] = await Promise.all(logIds.map((logId) => recordOf(logId, own())));
    const authConfig = z.object({ auth_config_id: z.string() }).parse(github?.metadata).auth_config_id;
    const listed = await recorded({ auth_config_id: authConfig }, own());
    expect(listed.map(({ id }) => id)).toEqual([logIds[2], logIds[1]]);
    const body = { filters: [{ field: 'text', operator: 'contains', value: 'nothing' }] };
    const found = z
      .object({ logs: z.array(z.object({ id: z.string() })) })
      .parse((await call('/logs/tool_execution', { ...own(), body })).body);
    expect(found.logs.map(({ id }) => id)).toEqual([logIds[2]]);
  });

  it('sums usage up as the newest SDK wants it', async () => {
    const { usage } = newestComposio(project.apiKey).experimental;
    const calls = { unit: 'calls', totalQuantity: '4', eventCount: 4 };
    const sessions = { unit: 'sessions', totalQuantity: '1', eventCount: 1 };
    expect(await usage.summary()).toEqual({ entities: { tool_calls: calls, sessions } });
    const ofUser = { filters: { userId: [user], sessionId: [sessionId] }, entityTypes: ['tool_calls'] };
    expect(await usage.summary(ofUser)).toEqual({ entities: { tool_calls: calls } });
    expect(await usage.summary({ filters: { userId: ['nobody'] }, to: Date.now() })).toMatchObject({
      entities: { tool_calls: { totalQuantity: '0' }, sessions: { eventCount: 0 } },
    });

    const tools = await usage.breakdown('tool_calls');
    expect(tools).toMatchObject({ entityType: 'tool_calls', ...calls });
    expect(tools.groups.map(({ key }) => key).toSorted()).toEqual([
      'COMPOSIO_SEARCH_TOOLS',
      'GITHUB_GET_A_REPOSITORY',
      'GITHUB_GET_THE_AUTHENTICATED_USER',
      'TIME_GET_CURRENT_TIME',
    ]);
    const toolkits = await usage.breakdown('tool_calls', { groupBy: 'toolkit_slug', limit: 1 });
    expect(toolkits.groups).toEqual([{ key: 'github', totalQuantity: '2', eventCount: 2 }]);
    const byName = { groupBy: 'toolkit_slug', orderBy: 'key', orderDirection: 'asc' } as const;
    expect((await usage.breakdown('tool_calls', byName)).groups.map(({ key }) => key)).toEqual([
      'composio',
      'github',
      'time',
    ]);
    expect(await usage.breakdown('sessions', { from: 0 })).toEqual({
      entityType: 'sessions',
      ...sessions,
      groups: [{ key: user, totalQuantity: '1', eventCount: 1 }],
    });
    const [today] = (await usage.breakdown('sessions', { groupBy: 'day' })).groups;
    expect(today?.key).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('says of usage what failed and how long it took, and of all projects to the organisation', async () => {
    const { body } = await call('/project/usage/tool_calls', {
      ...own(),
      body: { group_by: 'toolkit_slug' },
    });
    const Sums = z.looseObject({ failed_count: z.literal(1), duration_ms: z.number().positive() });
    Sums.extend({ groups: z.array(z.unknown()) }).parse(body);
    const filters = { project_id: [project.id] };
    const ofAll = await call('/org/usage/tool_calls', {
      ...asOrganisation,
      body: { group_by: 'project_id', filters, from: 0 },
    });
    expect(ofAll.body).toMatchObject({ groups: [{ key: project.id, total_quantity: '4' }] });
    const summary = await call('/org/usage/summary', { ...asOrganisation, body: {} });
    const { entities } = z
      .object({ entities: z.record(z.string(), z.object({ event_count: z.number() })) })
      .parse(summary.body);
    expect(entities['tool_calls']?.event_count).toBeGreaterThan(3);
  });

  it.each([
    ['what is not counted', 'triggers', {}, 404, 'tool_calls or sessions'],
    [
      'a dimension that there is not',
      'tool_calls',
      { group_by: 'colour' },
      400,
      'group_by: must be one of tool_slug',
    ],
    [
      'one of other things',
      'sessions',
      { group_by: 'tool_slug' },
      400,
      'group_by: must be one of user_id, day',
    ],
    ['other projects', 'tool_calls', { group_by: 'project_id' }, 400, 'group_by'],
    [
      'sessions that are not named',
      'tool_calls',
      { group_by: 'session_id' },
      400,
      'needs filters.session_id',
    ],
    [
      'a filter that is not known',
      'tool_calls',
      { filters: { toolkit_slug: ['time'] } },
      400,
      'toolkit_slug',
    ],
    ["another project's", 'tool_calls', { filters: { project_id: ['proj_x'] } }, 400, 'project_id'],
    ['no time', 'tool_calls', { to: 1e20 }, 400, 'to: '],
  ])('refuses to sum up usage of %s', async (_, entity, body, status, told) => {
    const error = errorOf(await call(`/project/usage/${entity}`, { ...own(), body }), status);
    expect(JSON.stringify(error)).toContain(told);
  });

  it('shows what could not be kept to the organisation alone', async () => {
    const answer = await call('/org/logs/rejected_events', asOrganisation);
    expect(answer.body).toMatchObject({ items: [], total_items: 0, next_cursor: null });
    errorOf(await call('/org/logs/rejected_events', own()), 401);
  });

  it('shows dead letters to the organisation alone', async () => {
    const answer = await call('/org/dead_letters', asOrganisation);
    const services = ['auth', 'sessions', 'tools', 'workbench', 'logs', 'triggers'];
    expect(answer.body).toEqual({ items: services.map((service) => ({ service, total: 0 })) });
    const list = await call('/org/dead_letters/auth', asOrganisation);
    expect(list.body).toMatchObject({ items: [], total_items: 0, next_cursor: null });
    errorOf(await call('/org/dead_letters/auth/7/resend', { ...asOrganisation, method: 'POST' }), 404);
    errorOf(await call('/org/dead_letters/auth/seven', { ...asOrganisation, method: 'DELETE' }), 400);
    errorOf(await call('/org/dead_letters/gateway', asOrganisation), 400);
    errorOf(await call('/org/dead_letters', own()), 401);
  });

  it('refuses filters it does not know', async () => {
    const body = { filters: [{ field: 'colour', operator: '==', value: 'red' }] };
    expect(errorOf(await call('/logs/tool_execution', { ...own(), body }), 400).errors).toBeDefined();
  });
});

it('keeps no payloads of a project that wants none', async () => {
  const { apiKey } = await createProject(unique('secretive'));
  const sessionId = await createSession({ user_id: 'ann' }, { apiKey });
  const convert = async (time: string) => {
    const given = { time, from_timezone: 'UTC', to_timezone: 'Asia/Tokyo' };
    const body = { tool_slug: 'TIME_CONVERT_TIME', arguments: given };
    const answer = await call(`/tool_router/session/${sessionId}/execute`, { apiKey, body });
    const logId = z.object({ log_id: z.string() }).parse(answer.body).log_id;
    return (await untilRecorded(logId, { apiKey })).data;
  };
  expect(await convert('2026-01-01T10:00:00')).toMatchObject({ request: { to_timezone: 'Asia/Tokyo' } });
  const changed = await call('/org/project/config', {
    method: 'PATCH',
    apiKey,
    body: { log_visibility_setting: 'dont_store_data' },
  });
  expect(changed.status).toBe(200);
  await eventually(async () => {
    expect(await convert('2026-01-01T11:00:00')).toEqual({ request: {}, response: {} });
  });
});
