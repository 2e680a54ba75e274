import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually, runSql } from '@patchbay/testing';
import { z } from 'zod';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { connectGithub } from '../support/connect.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { call, createProject, errorOf, type Call } from '../support/http.js';
import { asOrganisation } from '../support/organisation.js';
import { newestComposio } from '../support/sdk.newest.js';
import { loadSdk } from '../support/sdk.versions.js';

const NOTE = 'KEYED_NOTE_WRITTEN';
const COMMIT = 'GITHUB_COMMIT_EVENT';
const ISSUE = 'GITHUB_ISSUE_ADDED_EVENT';
const REPO = { owner: 'octocat', repo: 'hello-world' };

const Made = z.strictObject({
  trigger_id: z.string().regex(/^ti_/),
  deprecated: z.strictObject({ uuid: z.string() }),
});
const Instance = z.looseObject({
  id: z.string(),
  trigger_name: z.string(),
  trigger_config: z.record(z.string(), z.unknown()),
  disabled_at: z.string().nullable(),
  type: z.enum(['poll', 'webhook']),
  last_polled_at: z.string().nullable(),
});
const Page = z.object({
  items: z.array(Instance),
  total_items: z.number(),
  next_cursor: z.string().nullable(),
});

/** What was kept for an instance, oldest first. */
async function eventsOf(id: string): Promise<Record<string, unknown>[]> {
  const sql = `SELECT data FROM triggers.events WHERE instance_id = '${id}' ORDER BY position`;
  return (await runSql(environment.databaseUrl, sql)).map(({ data }) => data as Record<string, unknown>);
}

const oldest = (await loadSdk('composio-core-0-10')).composio as unknown as ReturnType<typeof newComposio>;

describe.each([
  ['0.10', oldest],
  ['0.19', newComposio()],
  ['0.21', newestComposio() as unknown as ReturnType<typeof newComposio>],
])('the SDK %s', (_, composio) => {
  const user = unique('user_triggers');
  let account = '';
  beforeAll(async () => {
    account = await connectKeyed(composio, user, await customConfig(composio, 'keyed', 'API_KEY'));
  });

  it('lists trigger types, and gets one', async () => {
    const { items } = await composio.triggers.listTypes({ toolkits: ['github'] });
    expect(items.map(({ slug }) => slug)).toContain(COMMIT);
    expect(items.every(({ toolkit }) => toolkit.slug === 'github' && toolkit.logo)).toBe(true);
    expect(await composio.triggers.getType('github_commit_event')).toMatchObject({
      slug: COMMIT,
      toolkit: { slug: 'github' },
      config: { type: 'object', required: expect.arrayContaining(['owner', 'repo']) },
      payload: { type: 'object' },
    });
    expect(await composio.triggers.listEnum()).toEqual(expect.arrayContaining([COMMIT, NOTE]));
    await expect(composio.triggers.create(user, 'GITHUB_NO_SUCH_EVENT')).rejects.toMatchObject({
      name: 'ComposioTriggerTypeNotFoundError',
    });
  });

  it('makes an instance for the user’s account, and the same one again', async () => {
    const body = { triggerConfig: { prefix: unique('same') } };
    const { triggerId } = await composio.triggers.create(user, NOTE, body);
    expect(triggerId).toMatch(/^ti_/);
    const named = { ...body, connectedAccountId: account };
    expect((await composio.triggers.create(user, 'keyed_note_written', named)).triggerId).toBe(triggerId);
    const { items } = await composio.triggers.listActive({ triggerIds: [triggerId] });
    expect(items).toMatchObject([
      {
        id: triggerId,
        connectedAccountId: account,
        triggerName: NOTE,
        disabledAt: null,
        triggerConfig: body.triggerConfig,
      },
    ]);
    await composio.triggers.disable(triggerId);
    expect((await composio.triggers.listActive({ triggerIds: [triggerId] })).items).toEqual([]);
    const all = await composio.triggers.listActive({ triggerIds: [triggerId], showDisabled: true });
    expect(all.items[0]?.disabledAt).toBeTruthy();
    expect((await composio.triggers.create(user, NOTE, body)).triggerId).toBe(triggerId);
    await composio.triggers.enable(triggerId);
    expect((await composio.triggers.listActive({ triggerIds: [triggerId] })).items).toHaveLength(1);
    expect(await composio.triggers.delete(triggerId)).toEqual({ triggerId });
    await expect(composio.triggers.delete(triggerId)).rejects.toMatchObject({ status: 404 });
  });

  it('is told what is wrong with settings, and of an account that is not the user’s', async () => {
    await expect(
      composio.triggers.create(user, NOTE, { triggerConfig: { prefixes: 'x' } }),
    ).rejects.toMatchObject({ status: 400 });
    // The oldest looks for the account by itself, and says in its own words that there is none.
    const without = (status: number) =>
      expect.objectContaining(composio === oldest ? { statusCode: 404 } : { status }) as unknown;
    await expect(
      composio.triggers.create(unique('somebody_else'), NOTE, { connectedAccountId: account }),
    ).rejects.toEqual(without(404));
    await expect(composio.triggers.create(unique('nobody'), NOTE)).rejects.toEqual(without(400));
  });
});

describe('trigger instances', () => {
  let project: { id: string; apiKey: string };
  let account = '';
  const user = unique('user_instances');
  const here = (path: string, options: Call = {}) => call(path, { apiKey: project.apiKey, ...options });
  const upsert = async (body: object, slug = NOTE) => {
    const answer = await here(`/trigger_instances/${slug}/upsert`, { body });
    return { status: answer.status, id: Made.parse(answer.body).trigger_id };
  };
  const list = async (query: string, prefix = '') =>
    Page.parse((await here(`${prefix}/trigger_instances/active?${query}`)).body).items.map(({ id }) => id);
  beforeAll(async () => {
    project = await createProject(unique('instances'));
    const composio = newComposio(project.apiKey);
    account = await connectKeyed(composio, user, await customConfig(composio, 'keyed', 'API_KEY'));
  });

  it('are made and found by the older names as well, on both prefixes', async () => {
    const made = await upsert({
      connectedAuthId: account,
      triggerConfig: { prefix: 'old' },
      version: 'latest',
    });
    expect(made.status).toBe(201);
    const again = {
      connected_account_id: account,
      user_id: null,
      trigger_config: { prefix: 'old' },
      toolkit_versions: null,
    };
    expect(await upsert(again, 'Keyed_Note_Written')).toEqual({ status: 200, id: made.id });
    const other = await upsert({ user_id: user, toolkit_versions: { keyed: 'latest' } });
    expect(other.id).not.toBe(made.id);
    for (const query of [
      `triggerNames=keyed_note_written&connectedAccountIds=${account}`,
      `deprecatedConnectedAccountUuids=${account}&trigger_names=`,
      `user_ids=${user}&auth_config_ids=&trigger_ids=&show_disabled=&limit=&cursor=`,
    ]) {
      expect(await list(query)).toEqual([other.id, made.id]);
    }
    expect(await list(`triggerIds=${made.id}`, `${environment.baseUrl}/api/v3`)).toEqual([made.id]);
    expect(await list('trigger_names=GITHUB_COMMIT_EVENT')).toEqual([]);
    const { items } = Page.parse((await here(`/trigger_instances/active?trigger_ids=${made.id}`)).body);
    expect(items[0]).toMatchObject({
      connectedAccountId: account,
      triggerName: NOTE,
      triggerConfig: { prefix: 'old' },
      state: {},
      user_id: user,
    });
    expect(items[0]).not.toHaveProperty('trigger_data');
  });

  it('are listed page by page', async () => {
    for (const prefix of ['a', 'b', 'c'])
      await upsert({ connected_account_id: account, trigger_config: { prefix } });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: z.infer<typeof Page> = Page.parse(
        (await here(`/trigger_instances/active?limit=2&cursor=${cursor}`)).body,
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen.length).toBeGreaterThanOrEqual(5);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('are no other project’s, and a key needs the area for them', async () => {
    const { id } = await upsert({ connected_account_id: account, trigger_config: { prefix: 'mine' } });
    errorOf(await call(`/trigger_instances/manage/${id}`, { method: 'DELETE' }), 404);
    errorOf(
      await call(`/trigger_instances/manage/${id}`, { method: 'PATCH', body: { status: 'disable' } }),
      404,
    );
    errorOf(
      await call(`/trigger_instances/${NOTE}/upsert`, { body: { connected_account_id: account } }),
      404,
    );
    const keyFor = async (areas: object) => {
      const path = `/org/owner/project/${project.id}/api_keys`;
      const { body } = await asOrganisation(path, { body: { name: unique('key'), areas } });
      const { key: apiKey } = body as { key: string };
      return (route: string, options: Call = {}) => call(route, { ...options, apiKey });
    };
    const reader = await keyFor({ triggers: 'read' });
    expect((await reader('/trigger_instances/active')).status).toBe(200);
    expect((await reader('/triggers_types')).status).toBe(200);
    errorOf(await reader(`/trigger_instances/${NOTE}/upsert`, { body: {} }), 403);
    errorOf(await reader('/webhook_endpoints'), 403);
    const webhooks = await keyFor({ webhooks: 'read' });
    expect((await webhooks('/webhook_endpoints')).status).toBe(200);
    errorOf(await webhooks('/webhook_endpoints', { body: { toolkit_slug: 'keyed', client_id: '1' } }), 403);
    errorOf(await webhooks('/trigger_instances/active'), 403);
  });

  it('are polled: what happens after the first look comes once, whoever is asked again', async () => {
    const prefix = unique('polled');
    await writeNote(`${prefix} before`);
    const { id } = await upsert({ connected_account_id: account, trigger_config: { prefix } });
    await untilPolledAgain(id);
    await writeNote(`${prefix} one`);
    await writeNote(`${prefix} two`);
    await pollAgain(id);
    await eventually(async () => expect(await eventsOf(id)).toHaveLength(2));
    await pollAgain(id);
    expect((await eventsOf(id)).map(({ text }) => text)).toEqual([`${prefix} one`, `${prefix} two`]);
  });

  async function writeNote(text: string): Promise<void> {
    const headers = { 'x-api-key': environment.keys.ada, 'content-type': 'application/json' };
    const { ok } = await fetch(`${environment.keyedUrl}/notes`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ text }),
    });
    expect(ok).toBe(true);
  }

  const polledAt = async (id: string) => {
    const { items } = Page.parse((await here(`/trigger_instances/active?trigger_ids=${id}`)).body);
    return items[0]?.last_polled_at;
  };
  async function untilPolledAgain(id: string, before: string | null | undefined = null): Promise<void> {
    await eventually(async () => {
      const at = await polledAt(id);
      expect(at).toBeTruthy();
      expect(at).not.toBe(before);
    });
  }
  /** Who is enabled is polled at once, and goes on where it was. */
  async function pollAgain(id: string): Promise<void> {
    const before = await polledAt(id);
    for (const status of ['disable', 'enable']) {
      const { status: answer } = await here(`/trigger_instances/manage/${id}`, {
        method: 'PATCH',
        body: { status },
      });
      expect(answer).toBe(200);
    }
    await untilPolledAgain(id, before);
  }
});

describe('GitHub', () => {
  const composio = newComposio();
  const admin = unique('user_admin');
  const reader = unique('user_reader');
  let session: Awaited<ReturnType<typeof composio.create>>;
  beforeAll(async () => {
    session = await composio.create(admin, { toolkits: ['github'] });
    await connectGithub(session, 'octocat');
    await connectGithub(await composio.create(reader, { toolkits: ['github'] }), 'hubot');
  }, 90_000);

  it('tells by a hook of the account, and is asked for one that may have none: each event comes once', async () => {
    const create = (user: string, slug: string) =>
      composio.triggers.create(user, slug, { triggerConfig: REPO });
    const pushed = [await create(admin, ISSUE), await create(admin, COMMIT)];
    const polled = [await create(reader, ISSUE), await create(reader, COMMIT)];
    const all = [...pushed, ...polled].map(({ triggerId }) => triggerId);
    const seen = async () => {
      const { body } = await call(`/trigger_instances/active?trigger_ids=${all.join(',')}&limit=10`);
      return new Map(Page.parse(body).items.map((item) => [item.id, item]));
    };
    for (const { triggerId: id } of pushed) expect((await seen()).get(id)).toMatchObject({ type: 'webhook' });
    for (const { triggerId: id } of polled) {
      expect((await seen()).get(id)).toMatchObject({ type: 'poll' });
      await eventually(async () => expect((await seen()).get(id)?.last_polled_at).toBeTruthy());
    }
    const title = unique('An issue really made');
    const issue = await session.execute('GITHUB_CREATE_AN_ISSUE', { ...REPO, title });
    expect(issue.error).toBeNull();
    const message = unique('A commit really made');
    await commit(message);
    await eventually(async () => {
      expect((await eventsOf(all[0]!)).filter((event) => event['title'] === title)).toHaveLength(1);
      expect((await eventsOf(all[1]!)).filter((event) => event['message'] === message)).toHaveLength(1);
    });
    for (const { triggerId } of polled) {
      await composio.triggers.disable(triggerId);
      await composio.triggers.enable(triggerId);
    }
    await eventually(async () => {
      expect((await eventsOf(all[2]!)).filter((event) => event['title'] === title)).toHaveLength(1);
      expect((await eventsOf(all[3]!)).filter((event) => event['message'] === message)).toHaveLength(1);
    });
    for (const { triggerId } of pushed) await composio.triggers.delete(triggerId);
    await eventually(async () => expect(await hooks()).toEqual([]));
  }, 60_000);

  const request = async (method: 'GET' | 'PUT', endpoint: string, body?: object) => {
    const answer = await session.proxyExecute({ toolkit: 'github', method, endpoint, ...(body && { body }) });
    expect(answer.status).toBeLessThan(300);
    return answer.data as unknown;
  };
  const hooks = () => request('GET', '/repos/octocat/hello-world/hooks');
  async function commit(message: string): Promise<void> {
    const content = Buffer.from(message).toString('base64');
    await request('PUT', `/repos/octocat/hello-world/contents/${unique('file')}.txt`, { message, content });
  }
});

describe('webhook endpoints', () => {
  let apiKey = '';
  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('endpoints')));
  });

  it('are made, given their fields and read by the newest SDK', async () => {
    const { endpoints } = newestComposio(apiKey).webhooks;
    const schema = await call('/webhook_endpoints/schema?toolkit_slug=KEYED', { apiKey });
    expect(schema.body).toEqual({
      toolkit_slug: 'keyed',
      setup_fields: {
        signing_secret: {
          display_name: 'Signing secret',
          description: 'Of the app.',
          is_required: true,
          is_secret: true,
        },
        app_id: { display_name: 'App id', description: 'Of the app.', is_required: false, is_secret: false },
      },
    });
    const made = await endpoints.create({ toolkitSlug: 'keyed', clientId: '1.2' });
    expect(made).toMatchObject({ toolkitSlug: 'keyed', clientId: '1.2', data: null });
    expect(made.webhookUrl).toBe(
      `${environment.baseUrl}/api/v3.1/webhook_ingress/keyed/${made.id}/trigger_event`,
    );
    expect((await endpoints.create({ toolkitSlug: 'keyed', clientId: '1.2' })).id).toBe(made.id);
    const data = { signing_secret: unique('signing-secret') };
    expect((await endpoints.replace(made.id, { data })).data).toEqual({ signing_secret: 'sign...' });
    const more = await endpoints.update(made.id, { data: { app_id: 'A-1' } });
    expect(more.data).toEqual({ signing_secret: 'sign...', app_id: 'A-1' });
    expect((await endpoints.list({ toolkitSlug: 'keyed' })).items).toMatchObject([
      { id: made.id, clientId: '1.2' },
    ]);
    expect((await endpoints.get(made.id)).webhookUrl).toBe(made.webhookUrl);
    errorOf(await call(`/webhook_endpoints/${made.id}`), 404);
    errorOf(await call(`/webhook_endpoints/${made.id}`, { apiKey, body: { data: { secret: 'x' } } }), 400);
    errorOf(
      await call('/webhook_endpoints', { apiKey, body: { toolkit_slug: 'github', client_id: 'x' } }),
      404,
    );
    expect((await call(`/webhook_endpoints/${made.id}`, { apiKey, method: 'DELETE' })).status).toBe(200);
    errorOf(await call(`/webhook_endpoints/${made.id}`, { apiKey }), 404);
  });

  it('take what the app signs, for the accounts that it is of, once; and nothing else', async () => {
    const composio = newestComposio(apiKey) as unknown as ReturnType<typeof newComposio>;
    const config = await customConfig(composio, 'keyed', 'API_KEY');
    for (const owner of ['ada', 'grace'] as const) await connectKeyed(composio, owner, config, { owner });
    await expect(composio.triggers.create('ada', 'KEYED_CALLED')).rejects.toMatchObject({ status: 400 });
    const made = await newestComposio(apiKey).webhooks.endpoints.create({
      toolkitSlug: 'keyed',
      clientId: '3.4',
    });
    const secret = unique('signing-secret');
    await call(`/webhook_endpoints/${made.id}`, { apiKey, body: { data: { signing_secret: secret } } });
    const ada = await composio.triggers.create('ada', 'KEYED_CALLED');
    const grace = await composio.triggers.create('grace', 'KEYED_CALLED');

    /** The body is not as it would be written here: its bytes are what is signed. */
    const send = async (
      given: { key?: string; at?: number; body?: string; headers?: Record<string, string> } = {},
    ) => {
      const {
        key = secret,
        at = Date.now(),
        body = '{ "id":"c1",\n"team" : "ada", "text":"h\\u00fc" }',
      } = given;
      const signature = createHmac('sha256', key).update(`${at}`).update(body).digest('hex');
      const headers = { 'x-keyed-time': `${at}`, 'x-keyed-signature': signature, ...given.headers };
      return call(made.webhookUrl, { method: 'POST', apiKey: null, body, headers });
    };
    expect(await send()).toMatchObject({ status: 200, body: 'ok' });
    expect((await send()).status).toBe(200);
    expect(await eventsOf(ada.triggerId)).toEqual([{ text: 'hü' }]);
    expect(await eventsOf(grace.triggerId)).toEqual([]);
    errorOf(await send({ key: 'guessed' }), 400);
    errorOf(await send({ at: Date.now() - 301_000 }), 400);
    errorOf(await send({ headers: { 'x-keyed-signature': '' } }), 400);
    expect(await send({ headers: { 'x-keyed-handshake': 'hello' } })).toMatchObject({
      status: 200,
      body: 'hello',
    });
    errorOf(await send({ headers: { 'x-keyed-handshake': 'forged' } }), 400);
    expect(await eventsOf(ada.triggerId)).toHaveLength(1);
  });

  it('and hooks that there are not take nothing, however they are asked', async () => {
    for (const path of [
      '/webhook_ingress/slack/we_unknown/trigger_event',
      `/trigger_instances/${'A'.repeat(32)}/handle`,
      `${environment.baseUrl}/api/v3/trigger_instances/${'A'.repeat(32)}/handle`,
    ]) {
      for (const method of ['POST', 'GET'] as const) {
        const answer = await call(path, {
          method,
          apiKey: null,
          ...(method === 'POST' && { body: '{"a": 1}' }),
        });
        errorOf(answer, 400);
      }
      const url = new URL(path.startsWith('/') ? `/api/v3.1${path}` : path, environment.baseUrl);
      expect((await fetch(url, { method: 'HEAD' })).status).toBe(400);
    }
  });
});
