import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startTestPlatform, type TestPlatform } from '@patchbay/testing';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { unique } from '../support/environment.js';
import { call as request, createSession, type Call } from '../support/http.js';

const NewKey = z.object({ id: z.string(), key: z.string() });
const NewProject = z.object({ id: z.string(), api_key: z.string() });
const MEGABYTE = 1024 * 1024;

/** Has a platform of its own: here services go away, and their tables hold what an older version left. */
describe('the queues between the services', () => {
  let test: TestPlatform;
  let database: DataSource;

  beforeAll(async () => {
    test = await startTestPlatform();
    database = await new DataSource({ type: 'postgres', url: test.platform.postgres?.url }).initialize();
  }, 120_000);
  afterAll(async () => {
    await database?.destroy();
    await test?.stop();
  });

  const asOrganisation = (path: string, options: Call = {}) =>
    request(path, {
      baseUrl: test.platform.baseUrl,
      apiKey: null,
      headers: { 'x-org-api-key': test.platform.orgApiKey },
      ...options,
    });
  const call = (path: string, options: Call = {}) =>
    request(path, { baseUrl: test.platform.baseUrl, apiKey: test.platform.apiKey, ...options });
  const statusWith = async (apiKey: string) => (await call('/auth/session/info', { apiKey })).status;

  async function newProject() {
    const made = await asOrganisation('/org/owner/project/new', {
      body: { name: unique('queues'), should_create_api_key: true },
    });
    return NewProject.parse(made.body);
  }
  const count = async (table: string, projectId: string) =>
    Number(
      (
        await database.query<{ count: string }[]>(`SELECT count(*) FROM ${table} WHERE project_id = $1`, [
          projectId,
        ])
      )[0]?.count,
    );

  it('go on after an event of 9 MB and one that is none, so that a revoked key stops within a second', async () => {
    const { auth } = test.platform.services;
    const project = await newProject();
    await auth.stop('SIGKILL');
    const reason = `invalid_grant: ${'x'.repeat(9 * MEGABYTE)}`;
    const data = { connectionId: 'ca_old', userId: 'ann', toolkit: 'github', status: 'EXPIRED', reason };
    const event = {
      id: 'evt_old',
      at: new Date().toISOString(),
      projectId: project.id,
      requestId: null,
      data,
    };
    const put = 'INSERT INTO auth.outbox (event_id, subject, body) VALUES ($1, $2, $3)';
    await database.query(put, ['evt_old', 'events.auth.connection.changed', JSON.stringify(event)]);
    await database.query(put, ['evt_none', 'events.auth.connection.changed', 'x'.repeat(MEGABYTE)]);
    await auth.start();
    await test.platform.untilReady();

    const made = await asOrganisation(`/org/owner/project/${project.id}/api_keys`, {
      body: { name: 'short' },
    });
    const { id, key } = NewKey.parse(made.body);
    await eventually(async () => expect(await statusWith(key)).toBe(200));
    const revoked = await asOrganisation(`/org/owner/project/${project.id}/api_keys/${id}`, {
      method: 'DELETE',
    });
    expect(revoked.status).toBe(200);
    await eventually(async () => expect(await statusWith(key)).toBe(401), { timeout: 1_000 });

    const { items } = z
      .object({ items: z.array(z.object({ id: z.string(), event_id: z.string(), reason: z.string() })) })
      .parse((await asOrganisation('/org/dead_letters/auth')).body);
    expect(items).toMatchObject([{ event_id: 'evt_none', reason: expect.stringContaining('no JSON') }]);
    const discarded = await asOrganisation(`/org/dead_letters/auth/${items[0]?.id}`, { method: 'DELETE' });
    expect(discarded.status).toBe(200);
  }, 60_000);

  it('tell of a deleted project those too who were away when it went', async () => {
    const { sessions, tools } = test.platform.services;
    const project = await newProject();
    await createSession({ user_id: 'ann' }, { baseUrl: test.platform.baseUrl, apiKey: project.api_key });
    await database.query(
      `INSERT INTO tools.call_files (id, project_id, toolkit, tool_slug, key, filename, mimetype, md5)
       VALUES ($1, $2, 'github', 'X', 'k', 'f', 'text/plain', '')`,
      [unique('file'), project.id],
    );
    await Promise.all([sessions.stop('SIGKILL'), tools.stop('SIGKILL')]);
    const deleted = await asOrganisation(`/org/owner/project/${project.id}`, { method: 'DELETE' });
    expect(deleted.status).toBe(200);
    expect(await count('sessions.sessions', project.id)).toBe(1);
    await Promise.all([sessions.start(), tools.start()]);
    await eventually(
      async () => {
        expect(await count('sessions.sessions', project.id)).toBe(0);
        expect(await count('tools.call_files', project.id)).toBe(0);
      },
      { timeout: 20_000 },
    );
    await test.platform.untilReady();
  }, 60_000);
});
