import { Composio } from 'composio-core-0-21';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { z } from 'zod';
import { environment, unique } from '../support/environment.js';
import { call, createProject, createSession, errorOf, type Answer, type Call } from '../support/http.js';
import { asOrganisation } from '../support/organisation.js';
import { asPerson, createPerson, organisationId, type Someone } from '../support/people.js';

const WITHIN_A_SECOND = { timeout: 1_000, interval: 20 };
const ROLES = ['viewer', 'developer', 'owner'] as const;
type Role = (typeof ROLES)[number];

let orgId: string;
let here: { id: string; apiKey: string };
let elsewhere: { id: string; apiKey: string };
let sessionId: string;

beforeAll(async () => {
  orgId = await organisationId(environment.userApiKey);
  here = await createProject(unique('people'));
  elsewhere = await createProject(unique('people'));
  sessionId = await createSession({ user_id: 'user_a' }, { apiKey: here.apiKey });
});

const scope = (projectId = here.id) => ({ orgId, projectId });
const inProject = (role: Role, projectId = here.id) => createPerson({ project_roles: { [projectId]: role } });
const works = async (key: string, projectId = here.id) =>
  (await asPerson(key, '/auth_configs', { scope: scope(projectId) })).status === 200;

/** Whether the route was open; its own refusals, as for a body that is not as it should be, do not count. */
function outcomeOf(answer: Answer): string {
  if (answer.status !== 401 && answer.status !== 403 && answer.status < 500) return 'let in';
  const { code, message } = errorOf(answer, 403);
  return (code === 812 && /needs the role \w+/.exec(message)?.[0]) || JSON.stringify(answer.body);
}

describe('what a person may do', () => {
  const people = new Map<string, Someone>();
  beforeAll(async () => {
    for (const role of ROLES) {
      people.set(`${role} of the project`, await inProject(role));
      people.set(`${role} of the organisation`, await createPerson({ role }));
    }
    people.set('nobody', await createPerson({}));
  });

  const project = (rest = '') => `/org/owner/project/${here.id}${rest}`;
  /** Each with the least role that may use it, where: what is allowed may still be refused for its body, by 400. */
  const ROUTES: [path: () => string, options: Call, least: Role, where: 'project' | 'organisation'][] = [
    [() => '/auth_configs', {}, 'viewer', 'project'],
    [() => '/connected_accounts', {}, 'viewer', 'project'],
    [() => '/tools?toolkit_slug=time', {}, 'viewer', 'project'],
    [() => '/toolkits', {}, 'viewer', 'project'],
    [() => '/toolkits/multi', { body: {} }, 'viewer', 'project'],
    [() => '/logs/tool_execution', { body: {} }, 'viewer', 'project'],
    [() => '/logs/audit', {}, 'viewer', 'project'],
    [() => '/org/project/config', {}, 'viewer', 'project'],
    [() => `/tool_router/session/${sessionId}`, {}, 'viewer', 'project'],
    [() => '/auth_configs', { body: {} }, 'developer', 'project'],
    [() => '/tool_router/session', { body: { user_id: 'user_a' } }, 'developer', 'project'],
    [() => `/tool_router/session/${sessionId}`, { method: 'PATCH', body: {} }, 'developer', 'project'],
    [
      () => `/tool_router/session/${sessionId}/execute`,
      { body: { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: {} } },
      'developer',
      'project',
    ],
    [() => '/tools/execute/proxy', { body: {} }, 'developer', 'project'],
    [() => '/files/upload/request', { body: {} }, 'developer', 'project'],
    [() => '/connected_accounts', { body: {} }, 'developer', 'project'],
    [() => '/custom/toolkits/upsert', { body: {} }, 'developer', 'project'],
    [() => '/org/project/config', { method: 'PATCH', body: {} }, 'owner', 'project'],
    [() => project(), {}, 'owner', 'project'],
    [() => project('/api_keys'), { body: {} }, 'owner', 'project'],
    [() => project('/api_keys/none'), { method: 'DELETE' }, 'owner', 'project'],
    [() => '/org/owner/project/list', {}, 'owner', 'organisation'],
    [() => '/org/owner/project/new', { body: {} }, 'owner', 'organisation'],
    [() => '/org/people', {}, 'owner', 'organisation'],
    [() => '/org/people', { body: {} }, 'owner', 'organisation'],
    [() => '/org/logs/audit', {}, 'owner', 'organisation'],
    [() => '/org/usage/summary', { body: {} }, 'owner', 'organisation'],
    [() => '/org/dead_letters', {}, 'owner', 'organisation'],
  ];

  const NAMES = ROLES.flatMap((role) => [`${role} of the project`, `${role} of the organisation`]);
  it.each(NAMES)('%s: what the role reaches, and nothing more', async (name) => {
    const [role, , , where] = name.split(' ') as [Role, string, string, string];
    const { key } = people.get(name)!;
    for (const [path, options, least, place] of ROUTES) {
      const answer = await asPerson(key, path(), { ...options, scope: scope() });
      const route = `${options.method ?? (options.body ? 'POST' : 'GET')} ${path()}`;
      const reaches = ROLES.indexOf(role) >= ROLES.indexOf(least);
      const isAllowed = reaches && (place === 'project' || where === 'organisation');
      expect({ route, outcome: outcomeOf(answer) }).toEqual({
        route,
        outcome: isAllowed ? 'let in' : `needs the role ${least}`,
      });
    }
  });

  it('nobody: only what is their own', async () => {
    const { key, id, email } = people.get('nobody')!;
    for (const [path, options, , place] of ROUTES) {
      const answer = await asPerson(key, path(), { ...options, scope: scope() });
      errorOf(answer, place === 'organisation' || path().startsWith('/org/owner') ? 403 : 404);
    }
    expect((await asPerson(key, '/me')).body).toMatchObject({ id, email, role: null, project_roles: {} });
    errorOf(await asPerson(key, '/auth_configs'), 400);
  });

  it('has the greater of the two roles in a project', async () => {
    const both = await createPerson({ role: 'viewer', project_roles: { [here.id]: 'developer' } });
    const body = { user_id: 'user_a' };
    expect(await asPerson(both.key, '/tool_router/session', { body, scope: scope() })).toMatchObject({
      status: 201,
    });
    errorOf(await asPerson(both.key, '/tool_router/session', { body, scope: scope(elsewhere.id) }), 403);
    expect(await works(both.key, elsewhere.id)).toBe(true);
  });
});

describe('where a person’s request works', () => {
  it('is the project that it names, and no other’s objects are there', async () => {
    const { key } = await inProject('owner');
    const theirs = await createSession({ user_id: 'user_a' }, { apiKey: elsewhere.apiKey });
    expect(await works(key)).toBe(true);
    errorOf(await asPerson(key, `/tool_router/session/${theirs}`, { scope: scope() }), 404);
    // Neither by naming the other project, nor by its routes for owners.
    errorOf(await asPerson(key, `/tool_router/session/${theirs}`, { scope: scope(elsewhere.id) }), 404);
    errorOf(await asPerson(key, `/org/owner/project/${elsewhere.id}`), 403);
    errorOf(await asPerson(key, `/org/owner/project/${elsewhere.id}/api_keys`, { body: { name: 'x' } }), 403);
  });

  it('is answered alike for a project of others and for none, and says what is wrong with the rest', async () => {
    const { key } = await inProject('viewer');
    const ask = (headers: Record<string, string>) => asPerson(key, '/auth_configs', { headers });
    const messages = [];
    for (const id of [elsewhere.id, 'proj_AAAAAAAAAAAA', '0b0f9a6e-5a0e-4b52-a3c5-1f1c5a0e4b52']) {
      messages.push(errorOf(await ask({ 'x-org-id': orgId, 'x-project-id': id }), 404).message);
    }
    expect(new Set(messages).size).toBe(1);
    errorOf(await ask({ 'x-org-id': 'org_AAAAAAAAAAAA', 'x-project-id': here.id }), 404);
    expect(errorOf(await ask({ 'x-project-id': here.id }), 400).errors?.[0]).toMatch(/x-org-id/);
    expect(errorOf(await ask({ 'x-org-id': orgId }), 400).errors?.[0]).toMatch(/x-project-id/);
  });

  it('is their first project when it names none', async () => {
    const both = { project_roles: { [elsewhere.id]: 'viewer', [here.id]: 'viewer' } };
    const { key } = await createPerson(both);
    const { body } = await asPerson(key, '/auth/session/info');
    expect(body).toMatchObject({ project: { id: here.id, org_id: orgId } });
  });
});

describe('a person’s key', () => {
  const refused = (key: string, status = 401) =>
    eventually(async () => {
      const { message } = errorOf(await asPerson(key, '/auth_configs', { scope: scope() }), status);
      expect(message).not.toContain(key);
    }, WITHIN_A_SECOND);

  it('is told once, shown by its ends ever after, and kept nowhere', async () => {
    const { id, key, keyId } = await inProject('viewer');
    expect(key).toMatch(/^uak_[\w-]{32}$/);
    const { body } = await asOrganisation(`/org/people/${id}`);
    expect(body).toMatchObject({
      keys: [{ id: keyId, name: 'first', expires_at: null, last_used_at: null }],
    });
    expect(JSON.stringify(body)).not.toContain(key);
    const before = Date.now() - 1;
    const { body: me } = await asPerson(key, '/me');
    const [{ last_used_at: at } = {}] = z
      .object({ keys: z.array(z.looseObject({ last_used_at: z.string() })) })
      .parse(me).keys;
    expect(Date.parse(String(at))).toBeGreaterThan(before);
  });

  it('is refused as another key, with a word on how it is meant', async () => {
    const { key } = await createPerson({ role: 'owner' });
    for (const [header, path] of [
      ['x-api-key', '/auth_configs'],
      ['x-org-api-key', '/org/owner/project/list'],
    ] as const) {
      const error = errorOf(await call(path, { apiKey: null, headers: { [header]: key } }), 401);
      expect(error.message).toContain(`user key was sent as ${header}`);
      expect(error.suggested_fix).toContain('x-user-api-key');
      expect(JSON.stringify(error)).not.toContain(key);
    }
    // Nor are other keys one of a person.
    for (const other of [here.apiKey, environment.orgApiKey, `uak_${'x'.repeat(32)}`]) {
      errorOf(await asPerson(other, '/auth_configs', { scope: scope() }), 401);
    }
    // Which are as good as before.
    expect((await call('/auth_configs', { apiKey: here.apiKey })).status).toBe(200);
    expect((await asOrganisation('/org/people')).status).toBe(200);
    errorOf(await call('/auth_configs', { apiKey: here.apiKey, headers: { 'x-user-api-key': key } }), 401);
    errorOf(await call('/me', { apiKey: here.apiKey }), 401);
  });

  it('ends at once when it is revoked, by an owner, by its person or by its finder', async () => {
    const first = await inProject('viewer');
    expect(await works(first.key)).toBe(true);
    await asOrganisation(`/org/people/${first.id}/keys/${first.keyId}`, { method: 'DELETE' });
    await refused(first.key);

    const own = await inProject('viewer');
    expect(await works(own.key)).toBe(true);
    expect((await asPerson(own.key, `/me/keys/${own.keyId}`, { method: 'DELETE' })).status).toBe(200);
    await refused(own.key);

    const leaked = await inProject('viewer');
    expect(await works(leaked.key)).toBe(true);
    const body = { api_keys: [leaked.key] };
    expect((await call('/api_key_revocation', { apiKey: null, body })).body).toEqual({ received: 1 });
    await refused(leaked.key);
  });

  it('ends when its time has come, also while it is remembered', async () => {
    const end = new Date(Date.now() + 3_000);
    const { key, keyId } = await createPerson(
      { project_roles: { [here.id]: 'viewer' } },
      { expires_at: end.toISOString() },
    );
    expect(await works(key)).toBe(true);
    // One that it makes does not outlive it.
    const made = await asPerson(key, '/me/keys', { body: { name: 'longer' } });
    expect(made.body).toMatchObject({ expires_at: end.toISOString() });
    const tail = fetch(new URL('/api/v3.1/logs/tool_execution/tail', environment.baseUrl), {
      headers: { 'x-user-api-key': key, 'x-org-id': orgId, 'x-project-id': here.id },
    });
    const stream = (await tail).text();
    await eventually(async () => expect(Date.now()).toBeGreaterThanOrEqual(end.getTime()), {
      timeout: 5_000,
      interval: 50,
    });
    await refused(key);
    expect(await stream).toContain('expired');
    errorOf(await asPerson(keyId, '/me'), 401);
  });

  it('is not made for the past, nor for somebody else', async () => {
    const { id, key } = await inProject('viewer');
    const past = { name: 'late', expires_at: new Date(Date.now() - 1_000).toISOString() };
    errorOf(await asOrganisation(`/org/people/${id}/keys`, { body: past }), 400);
    errorOf(await asOrganisation(`/org/people/${id}/keys`, { body: { name: 'x', expires_at: 'soon' } }), 400);
    errorOf(await asPerson(key, '/me/keys', { body: { name: 'x', expires_at: 'soon' } }), 400);
    errorOf(await asOrganisation('/org/people/person_AAAAAAAAAAAA/keys', { body: { name: 'x' } }), 404);
    const other = await inProject('viewer');
    errorOf(await asPerson(key, `/me/keys/${other.keyId}`, { method: 'DELETE' }), 404);
    expect(await works(other.key)).toBe(true);
  });
});

describe('a person', () => {
  it('loses and wins rights at once when the role changes, and everything when they leave', async () => {
    const { id, key } = await inProject('viewer');
    const change = (body: object) => asOrganisation(`/org/people/${id}`, { method: 'PATCH', body });
    const create = () =>
      asPerson(key, '/tool_router/session', { body: { user_id: 'user_a' }, scope: scope() });
    errorOf(await create(), 403);
    expect((await change({ project_roles: { [here.id]: 'developer' } })).body).toMatchObject({
      role: null,
      project_roles: { [here.id]: 'developer' },
    });
    await eventually(async () => expect((await create()).status).toBe(201), WITHIN_A_SECOND);
    await change({ project_roles: { [here.id]: null } });
    await eventually(async () => errorOf(await create(), 404), WITHIN_A_SECOND);
    await change({ role: 'developer' });
    await eventually(async () => expect((await create()).status).toBe(201), WITHIN_A_SECOND);
    expect((await asOrganisation(`/org/people/${id}`, { method: 'DELETE' })).status).toBe(200);
    await eventually(async () => errorOf(await create(), 401), WITHIN_A_SECOND);
    errorOf(await asOrganisation(`/org/people/${id}`), 404);
  });

  it('has an address of their own, and roles that there are, in projects that there are', async () => {
    const { email } = await createPerson({});
    const make = (body: object) => asOrganisation('/org/people', { body });
    errorOf(await make({ email: email.toUpperCase() }), 409);
    errorOf(await make({ email: 'not an address' }), 400);
    const fresh = () => `${unique('person')}@example.com`;
    errorOf(await make({ email: fresh(), role: 'admin' }), 400);
    errorOf(await make({ email: fresh(), project_roles: { proj_AAAAAAAAAAAA: 'viewer' } }), 400);
    errorOf(await make({ email: fresh(), is_owner: true }), 400);
    errorOf(await asPerson((await createPerson({ role: 'developer' })).key, '/org/people'), 403);
  });

  it('who is an owner looks after the others', async () => {
    const owner = await createPerson({ role: 'owner' });
    const body = { email: `${unique('person')}@example.com`, role: 'viewer', name: 'Grace' };
    const made = await asPerson(owner.key, '/org/people', { body });
    expect(made).toMatchObject({ status: 201, body });
    const { id } = made.body as { id: string };
    const requestId = String(made.headers.get('x-request-id'));
    await eventually(async () => {
      const audit = await asOrganisation(`/org/logs/audit?actor_person_id=${owner.id}`);
      expect((audit.body as { items: unknown[] }).items).toEqual([
        expect.objectContaining({
          action: 'person.created',
          request_id: requestId,
          actor: { kind: 'person', key_id: owner.keyId, name: owner.email, person_id: owner.id },
          target: { type: 'person', id, user_id: null },
          changed: ['email', 'name', 'role:viewer'],
        }),
      ]);
    });
    const project = await asPerson(owner.key, '/org/owner/project/new', { body: { name: unique('owned') } });
    expect(project.status).toBe(201);
  });

  it('finds out where they are', async () => {
    const { key, id, email } = await inProject('viewer');
    const projects = await asPerson(key, '/org/project/list');
    expect(projects.body).toMatchObject({
      data: [{ id: here.id, org_id: orgId, email }],
      total_items: 1,
      next_cursor: null,
    });
    const all = await asPerson((await createPerson({ role: 'viewer' })).key, '/org/project/list?limit=1');
    expect((all.body as { total_items: number }).total_items).toBeGreaterThan(1);
    const resolve = await asPerson(key, '/org/consumer/project/resolve', {
      method: 'POST',
      headers: { 'x-org-id': orgId },
    });
    expect(resolve).toMatchObject({
      status: 200,
      body: { project_nano_id: here.id, org_id: orgId, consumer_user_id: id },
    });
    expect((await asPerson(key, '/auth/session/info', { scope: scope() })).body).toMatchObject({
      project: { nano_id: here.id, org: { id: orgId } },
      org_member: { id, email },
    });
    const nowhere = await createPerson({});
    expect((await asPerson(nowhere.key, '/auth/session/info')).body).toMatchObject({
      project: null,
      org_member: { email: nowhere.email },
    });
  });

  it('is there from the first start on, as the owner, with the key of the settings', async () => {
    expect((await asPerson(environment.userApiKey, '/me')).body).toMatchObject({
      email: 'owner@patchbay.local',
      role: 'owner',
      organisation: { id: orgId },
      keys: [expect.objectContaining({ name: 'PATCHBAY_USER_API_KEY' })],
    });
  });
});

describe('the official SDK with a user key', () => {
  it('makes a session and runs a tool in it, and the session’s MCP configuration has the key', async () => {
    const { key } = await inProject('developer');
    const composio = new Composio({
      apiKey: null,
      userApiKey: key,
      ...scope(),
      baseURL: environment.baseUrl,
      allowTracking: false,
      disableVersionCheck: true,
    });
    const session = await composio.create(unique('user_a'), { toolkits: ['time'], mcp: true });
    expect(await session.execute('TIME_GET_CURRENT_TIME', {})).toMatchObject({ error: null });
    const { headers = {}, url } = session.mcp;
    expect(headers).toMatchObject({
      'x-user-api-key': key,
      'x-org-id': orgId,
      'x-project-id': here.id,
    });
    const accept = { accept: 'application/json, text/event-stream' };
    const listTools = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    const speak = (more: Record<string, string>) =>
      call(url, { apiKey: null, body: listTools, headers: { ...accept, ...more } });
    expect((await speak(headers)).status).toBe(200);
    const viewer = await inProject('viewer');
    errorOf(await speak({ ...headers, 'x-user-api-key': viewer.key }), 403);
    errorOf(await speak({ ...headers, authorization: 'Bearer none' }), 401);
  });
});
