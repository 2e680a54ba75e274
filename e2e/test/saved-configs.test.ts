import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environment, unique } from '../support/environment.js';
import { call, createProject, errorOf } from '../support/http.js';
import { newestComposio } from '../support/sdk.newest.js';

const Saved = z.strictObject({
  id: z.string().regex(/^sc_/),
  name: z.string(),
  description: z.string().nullable(),
  archived: z.boolean(),
  config: z.record(z.string(), z.unknown()),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
const Session = z.looseObject({
  session_id: z.string(),
  config: z.looseObject({ toolkits: z.unknown(), tools: z.unknown(), tags: z.unknown() }),
  config_version: z.number(),
});

const POLICY = {
  toolkits: { enable: ['time', 'keyed'] },
  tools: { keyed: { enable: ['KEYED_WHO_AM_I'] }, time: { tags: { enable: ['readOnlyHint'] } } },
  tags: { disable: ['destructiveHint'] },
};
/** What a session that has taken it answers with. */
const TAKEN = {
  toolkits: { enabled: ['time', 'keyed'] },
  tools: { keyed: { enabled: ['KEYED_WHO_AM_I'] }, time: { tags: { enabled: ['readOnlyHint'] } } },
  tags: { disabled: ['destructiveHint'] },
};

describe('saved session configs', () => {
  let project: { id: string; apiKey: string };
  let composio: ReturnType<typeof newestComposio>;
  beforeAll(async () => {
    project = await createProject(unique('saving'));
    composio = newestComposio(project.apiKey);
  });

  const send = (path: string, body: object, method: 'POST' | 'PATCH' = 'POST') =>
    call(path, { apiKey: project.apiKey, method, body });
  const save = async (name: string, config: object = POLICY, more: object = {}) => {
    const answer = await send('/session_configs', { name, config, ...more });
    expect(answer.status).toBe(201);
    return Saved.parse(answer.body);
  };
  const change = (id: string, body: object) => send(`/session_configs/${id}`, body, 'PATCH');
  const createFrom = (id: string, more: object = {}) =>
    send('/tool_router/session', { user_id: 'ann', experimental: { session_config_id: id }, ...more });
  const patch = (id: string, body: object) => send(`/tool_router/session/${id}`, body, 'PATCH');

  it('are kept, and read by the newest SDK in the words of a request', async () => {
    const saved = await save('Support desk', POLICY, { description: 'Reads, and nothing else.' });
    expect(saved).toMatchObject({ archived: false, description: 'Reads, and nothing else.', config: POLICY });
    expect(await composio.sessionConfigs.get(saved.id)).toEqual({
      id: saved.id,
      name: 'Support desk',
      description: 'Reads, and nothing else.',
      archived: false,
      config: POLICY,
      createdAt: saved.created_at,
      updatedAt: saved.updated_at,
    });
    // What it says is all that it says: nothing stands for everything, in the answer as well.
    const open = await save('Open', {});
    expect((await composio.sessionConfigs.get(open.id)).config).toEqual({});
    expect((await composio.sessionConfigs.get(open.id)).description).toBeNull();
  });

  it('are listed page by page, by a part of their name, and apart when they are archived', async () => {
    const names = ['100% Red', 'red two', 'Blue'].map((name) => unique(name));
    const ids: string[] = [];
    for (const name of names) ids.push((await save(name)).id);
    const { items: red } = await composio.sessionConfigs.list({ search: 'RED' });
    expect(red.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
    expect((await composio.sessionConfigs.list({ search: '0% r' })).items).toHaveLength(1);
    expect((await composio.sessionConfigs.list({ search: '1_0' })).items).toEqual([]);

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await composio.sessionConfigs.list({ limit: 1, ...(cursor && { cursor }) });
      expect(page.items).toHaveLength(1);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.slice(0, 3)).toEqual(ids.toReversed());

    expect(Saved.parse((await change(ids[2]!, { archived: true })).body).archived).toBe(true);
    const archived = await composio.sessionConfigs.list({ archived: true });
    expect(archived.items).toMatchObject([{ id: ids[2], archived: true }]);
    expect((await composio.sessionConfigs.list({ search: names[2]! })).items).toEqual([]);
    expect(Saved.parse((await change(ids[2]!, { archived: false })).body).archived).toBe(false);
  });

  it('are changed by what is given, the policy whole', async () => {
    const { id } = await save(unique('changed'), POLICY, { description: 'As it was.' });
    const name = unique('renamed');
    expect(Saved.parse((await change(id, { name })).body)).toMatchObject({
      name,
      description: 'As it was.',
      config: POLICY,
    });
    const config = { toolkits: { disable: ['github'] } };
    expect(Saved.parse((await change(id, { description: null, config })).body)).toMatchObject({
      name,
      description: null,
      config,
    });
    errorOf(await send('/session_configs', { name, config: {} }), 409);
    const other = await save(unique('other'));
    expect(errorOf(await change(other.id, { name }), 409).message).toContain(name);
  });

  it.each([
    ['a toolkit that there is not', { toolkits: { enable: ['githbu'] } }, 'githbu'],
    ['a tool of another toolkit', { tools: { github: { enable: ['TIME_CONVERT_TIME'] } } }, 'TIME_CONVERT'],
    ['what a policy does not have', { preload: { tools: [] } }, 'preload'],
    ['the words of an answer', { toolkits: { enabled: ['time'] } }, 'config.toolkits'],
  ])('are refused with %s', async (_, config, named) => {
    const error = errorOf(await send('/session_configs', { name: unique('wrong'), config }), 400);
    expect(JSON.stringify(error)).toContain(named);
    const { id } = await save(unique('right'));
    errorOf(await change(id, { config }), 400);
    expect((await composio.sessionConfigs.get(id)).config).toEqual(POLICY);
  });

  it('are what a session may use, from the next call on', async () => {
    const { id } = await save(unique('taken'));
    const session = await composio.sessions.create('ann', { experimental: { sessionConfigId: id } });
    expect(session.experimental.sourceSessionConfig).toEqual({ id });
    expect(session.config).toMatchObject(TAKEN);
    expect((await session.execute('TIME_GET_CURRENT_TIME')).error).toBeNull();
    for (const slug of ['KEYED_WRITE_NOTE', 'GITHUB_GET_THE_AUTHENTICATED_USER']) {
      await expect(session.execute(slug, { text: 'no' })).rejects.toMatchObject({ status: 400 });
    }
    const used = await composio.sessions.use(session.sessionId);
    expect(used.experimental.sourceSessionConfig).toEqual({ id });
  });

  it('are taken by a session that had others, whole, and stay its source until it takes another', async () => {
    const { id } = await save(unique('taken-later'), { toolkits: { enable: ['time'] } });
    const session = await composio.sessions.create('ann', {
      toolkits: ['github'],
      tags: ['readOnlyHint'],
      preload: { tools: [] },
    });
    expect(session.experimental.sourceSessionConfig).toBeUndefined();
    await session.update({ experimental: { sessionConfigId: id } });
    expect(session.config).toMatchObject({ toolkits: { enabled: ['time'] }, tools: {}, tags: {} });
    expect(session.experimental.sourceSessionConfig).toEqual({ id });
    await session.update({ toolkits: ['github'] });
    expect(session.experimental.sourceSessionConfig).toEqual({ id });

    const open = await save(unique('open'), {});
    await session.update({ experimental: { sessionConfigId: open.id } });
    expect(session.config).not.toHaveProperty('toolkits');
    expect(session.experimental.sourceSessionConfig).toEqual({ id: open.id });
  });

  it('are taken as copies: what becomes of them later changes no session', async () => {
    const { id } = await save(unique('copied'));
    const made = Session.parse((await createFrom(id)).body);
    await change(id, { config: {} });
    await change(id, { archived: true });
    const { body } = await call(`/tool_router/session/${made.session_id}`, { apiKey: project.apiKey });
    expect(Session.parse(body)).toMatchObject({ config: TAKEN, config_version: 1 });
  });

  it.each([
    ['unknown', () => 'sc_nowhere00000'],
    [
      'archived',
      async () => {
        const { id } = await save(unique('archived'));
        await change(id, { archived: true });
        return id;
      },
    ],
    [
      "another project's",
      async () => {
        const { apiKey } = await createProject(unique('stranger'));
        const answer = await call('/session_configs', { apiKey, body: { name: 'Theirs', config: {} } });
        return Saved.parse(answer.body).id;
      },
    ],
  ])('that are %s are refused, and no session comes of it or is changed', async (_, idOf) => {
    const id = await idOf();
    expect(errorOf(await createFrom(id), 404).message).toContain(id);
    const made = await send('/tool_router/session', { user_id: 'ann', toolkits: { enable: ['time'] } });
    const { session_id: session } = Session.parse(made.body);
    errorOf(
      await patch(session, { search: { enable: false }, experimental: { session_config_id: id } }),
      404,
    );
    const { body } = await call(`/tool_router/session/${session}`, { apiKey: project.apiKey });
    expect(Session.parse(body)).toMatchObject({
      config: { toolkits: { enabled: ['time'] }, search: { enable: true } },
      config_version: 1,
    });
  });

  it("of another project are nobody else's to read or change", async () => {
    const { id } = await save(unique('private'));
    const { apiKey } = await createProject(unique('stranger'));
    errorOf(await call(`/session_configs/${id}`, { apiKey }), 404);
    errorOf(await call(`/session_configs/${id}`, { apiKey, method: 'PATCH', body: { archived: true } }), 404);
    expect((await call('/session_configs', { apiKey })).body).toMatchObject({ items: [], next_cursor: null });
    expect((await composio.sessionConfigs.get(id)).archived).toBe(false);
  });

  it('stand alone: what else would say what a session may use is refused by name', async () => {
    const { id } = await save(unique('alone'));
    const made = Session.parse((await createFrom(id)).body);
    const tool = {
      slug: 'A',
      name: 'A',
      description: 'A.',
      input_schema: { type: 'object', properties: {} },
    };
    for (const [name, given] of [
      ['toolkits', { enable: ['github'] }],
      ['tools', {}],
      ['tags', null],
    ] as const) {
      const body = { [name]: given, experimental: { session_config_id: id } };
      for (const answer of [await createFrom(id, body), await patch(made.session_id, body)]) {
        expect(errorOf(answer, 400).errors).toEqual([expect.stringMatching(`^${name}: .*session_config_id`)]);
      }
    }
    const own = { experimental: { session_config_id: id, custom_tools: [tool] } };
    expect(errorOf(await createFrom(id, own), 400).errors).toEqual([
      expect.stringMatching(/^experimental\.custom_tools: /),
    ]);
    expect(errorOf(await createFrom('no id'), 400).errors).toEqual([
      expect.stringMatching(/^experimental\.session_config_id: /),
    ]);
    // The rest of a session is its own.
    const rest = { search: { enable: false }, manage_connections: { enable: false } };
    expect(Session.parse((await createFrom(id, rest)).body).config).toMatchObject({
      ...TAKEN,
      search: { enable: false },
      manage_connections: { enabled: false },
    });
  });

  it('are for keys that may manage sessions', async () => {
    const key = async (areas: object) => {
      const answer = await call(`/org/owner/project/${project.id}/api_keys`, {
        apiKey: null,
        headers: { 'x-org-api-key': environment.orgApiKey },
        body: { name: 'scoped', areas },
      });
      return z.object({ key: z.string() }).parse(answer.body).key;
    };
    const reader = await key({ session_management: 'read' });
    expect((await call('/session_configs', { apiKey: reader })).status).toBe(200);
    errorOf(await call('/session_configs', { apiKey: reader, body: { name: 'no', config: {} } }), 403);
    errorOf(await call('/session_configs', { apiKey: await key({ toolkits: 'write' }) }), 403);
  });
});
