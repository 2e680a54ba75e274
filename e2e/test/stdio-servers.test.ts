import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  eventually,
  NOTES,
  NOTES_PACKAGE,
  NOTES_PUBLISHED,
  startNpmRegistry,
  startTestPlatform,
  type LocalServer,
  type TestPlatform,
} from '@patchbay/testing';
import { z } from 'zod';
import { CommandLine } from '../support/cli.js';
import { newComposio } from '../support/composio.js';
import { unique } from '../support/environment.js';
import { call, errorOf, type Call } from '../support/http.js';
import { callTool, connectMcp } from '../support/mcp.js';
import { npmIndex, pypiIndex, type PackageIndex } from '../support/package.indexes.js';

/** Programs of others, with all that they need, and a call that each answers. */
const EVERYTHING = {
  registryType: 'npm' as const,
  identifier: '@modelcontextprotocol/server-everything',
  version: '2026.8.31',
  tool: 'ECHO',
  given: { message: 'hello' },
  answer: 'hello',
};
const TIME = {
  registryType: 'pypi' as const,
  identifier: 'mcp-server-time',
  version: '2026.10.19',
  tool: 'GET_CURRENT_TIME',
  given: { timezone: 'Asia/Tokyo' },
  answer: '+09:00',
};
const REGISTRY = 'official';
const Id = z.object({ id: z.string() });
const Executed = z.object({
  successful: z.boolean().optional(),
  data: z.record(z.string(), z.unknown()),
  error: z.string().nullable(),
});
const Notes = z.object({
  notes: z.array(z.string()),
  owner: z.string(),
  region: z.string(),
  instance: z.string(),
  shelf: z.array(z.string()),
});

/** Processes of this machine whose environment holds a text. */
async function processesWith(text: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environ = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environ.includes(text) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

/** Has a platform of its own: its operator lets programs run. */
describe('an MCP server that is a program', () => {
  let test: TestPlatform;
  let npm: LocalServer;
  let indexes: Record<'npm' | 'pypi', PackageIndex | undefined>;
  let apiKey: string;
  let slug: string;

  beforeAll(async () => {
    const [ofNpm, ofPypi] = await Promise.all([npmIndex(EVERYTHING), pypiIndex(TIME)]);
    indexes = { npm: ofNpm, pypi: ofPypi };
    npm = await startNpmRegistry([NOTES_PUBLISHED], indexes.npm?.url);
    const published = [EVERYTHING, TIME].filter(({ registryType }) => indexes[registryType]);
    test = await startTestPlatform({
      PATCHBAY_STDIO_ALLOWED: [{ registryType: 'npm', ...NOTES }, ...published]
        .map(({ registryType, identifier, version }) => `${registryType}:${identifier}@${version}`)
        .join(','),
      PATCHBAY_STDIO_NPM_REGISTRY: npm.url,
      PATCHBAY_STDIO_PYPI_INDEX: indexes.pypi?.url,
    });
    apiKey = (await newProject('programs')).api_key;
    slug = unique('notes').replaceAll('-', '');
    expect(await add(slug)).toMatchObject({ status: 200, body: { toolkit: { auth_schemes: ['API_KEY'] } } });
  }, 180_000);
  afterAll(async () => {
    await test?.stop();
    await npm?.close();
  });

  const here = (path: string, options: Call = {}) =>
    call(path, { apiKey, baseUrl: test.platform.baseUrl, ...options });
  const add = (name: string, more: object = {}) =>
    here('/custom/toolkits/upsert', {
      body: { slug: name, source: { type: 'mcp_registry', server: 'test.patchbay/notes', ...more } },
    });
  async function newProject(name: string) {
    const { body } = await here('/org/owner/project/new', {
      apiKey: null,
      headers: { 'x-org-api-key': test.platform.orgApiKey },
      body: { name: unique(name), should_create_api_key: true },
    });
    return z.object({ api_key: z.string() }).parse(body);
  }
  async function account(user: string, token: string, toolkit = slug) {
    const config = await here('/auth_configs', {
      body: {
        toolkit: { slug: toolkit },
        auth_config: { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} },
      },
    });
    const { auth_config: authConfig } = z.object({ auth_config: Id }).parse(config.body);
    const state = { authScheme: 'API_KEY', val: { notes_token: token } };
    const made = await here('/connected_accounts', {
      body: { auth_config: authConfig, connection: { user_id: user, state } },
    });
    return { ...Id.parse(made.body), config: authConfig.id };
  }
  const tools = (name: string) => (tool: string) => `${name.toUpperCase()}_${tool}`;
  async function person(name: string) {
    const user = unique(name);
    const token = `token-of-${user}`.replaceAll('-', '_') + `-${user.replaceAll('-', '_')}`;
    const owned = await account(user, token);
    await eventually(
      async () =>
        expect((await here(`/custom/toolkits/${slug}`)).body).toMatchObject({
          tools_count: 3,
          problem: null,
        }),
      { timeout: 60_000 },
    );
    const composio = newComposio(apiKey, test.platform.baseUrl);
    const session = await composio.create(user, {
      toolkits: [slug],
      preload: { tools: [tools(slug)('LIST_NOTES'), tools(slug)('ADD_NOTE')] },
      mcp: true,
    });
    const run = async (tool: string, given: object = {}) =>
      Executed.parse(
        (
          await here(`/tool_router/session/${session.sessionId}/execute`, {
            body: { tool_slug: tools(slug)(tool), arguments: given },
          })
        ).body,
      );
    const list = async () => {
      const { data, error } = await run('LIST_NOTES');
      expect(error).toBeNull();
      return Notes.parse(data);
    };
    return { user, token, owner: token.split('-').at(-1), ...owned, session, run, list };
  }

  it('is an entry of a registry, whose variables and arguments are fields', async () => {
    const entry = await here(`/mcp_registries/${REGISTRY}/servers/test.patchbay/notes`);
    expect(entry.body).toMatchObject({
      refusal: null,
      packages: [
        {
          registry_type: 'npm',
          identifier: NOTES.identifier,
          refusal: null,
          fields: [
            { name: 'notes_token', place: 'environment', required: true, is_secret: true },
            { name: 'notes_region', default: 'eu', choices: ['eu', 'us'] },
            { name: 'shelf', place: 'argument', default: 'top' },
          ],
        },
      ],
    });
    expect((await here(`/custom/toolkits/${slug}`)).body).toMatchObject({
      source: {
        type: 'stdio',
        url: 'pkg:npm/%40patchbay-test/notes-mcp@1.0.0',
        registry: { server: 'test.patchbay/notes' },
      },
    });
  });

  it('is refused where the operator does not list it', async () => {
    const written = (more: object) =>
      here('/custom/toolkits/upsert', {
        body: {
          slug: unique('no').replaceAll('-', ''),
          source: { type: 'stdio', package: { ...NOTES_PACKAGE, ...more } },
        },
      });
    expect(errorOf(await written({ version: '1.0.1' }), 400).message).toContain(
      'PATCHBAY_STDIO_ALLOWED lacks npm:@patchbay-test/notes-mcp@1.0.1',
    );
    expect(errorOf(await written({ version: 'latest' }), 400).message).toContain('no exact version');
    expect(errorOf(await written({ identifier: 7 }), 400).errors).toContainEqual(
      expect.stringContaining('source.package.identifier'),
    );
  });

  it('runs for each user with his own secret, and for no two of them in one process', async () => {
    const [ada, grace] = [await person('ada'), await person('grace')];
    await ada.run('ADD_NOTE', { text: 'of ada' });
    await grace.run('ADD_NOTE', { text: 'of grace' });
    const [hers, other] = [await ada.list(), await grace.list()];
    expect(hers).toMatchObject({
      notes: ['of ada'],
      owner: ada.owner,
      region: 'eu',
      shelf: ['--shelf', 'top'],
    });
    expect(other).toMatchObject({ notes: ['of grace'], owner: grace.owner });
    expect(hers.instance).not.toBe(other.instance);
    // A session more of one user has a process more.
    const second = await newComposio(apiKey, test.platform.baseUrl).create(ada.user, { toolkits: [slug] });
    const there = await second.execute(tools(slug)('LIST_NOTES'));
    expect(Notes.parse(there.data)).toMatchObject({ notes: [], owner: ada.owner });
    // Over MCP it is the same process as over execute.
    const client = await connectMcp(ada.session.mcp);
    const { data } = await callTool(client, tools(slug)('LIST_NOTES'));
    expect(Notes.parse(data)).toMatchObject({ notes: ['of ada'], instance: hers.instance });
    await client.close();
    const [own, others] = [await processesWith(ada.token), await processesWith(grace.token)];
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((pid) => others.includes(pid))).toEqual([]);
  });

  it('ends with its session, and with its account', async () => {
    const [ada, grace] = [await person('ada'), await person('grace')];
    await Promise.all([ada.list(), grace.list()]);
    expect((await here(`/tool_router/session/${ada.session.sessionId}`, { method: 'DELETE' })).status).toBe(
      200,
    );
    await eventually(async () => expect(await processesWith(ada.token)).toEqual([]));
    expect((await here(`/connected_accounts/${grace.id}`, { method: 'DELETE' })).status).toBe(200);
    await eventually(async () => expect(await processesWith(grace.token)).toEqual([]));
  });

  it('is begun again when it was killed, and a call in which it ended says that nobody knows', async () => {
    const ada = await person('ada');
    const { instance } = await ada.list();
    for (const pid of await processesWith(ada.token)) process.kill(pid, 'SIGKILL');
    await eventually(async () => expect(await processesWith(ada.token)).toEqual([]));
    // On the very heels of its end a call may have been given to it yet, of which nobody knows.
    await eventually(async () => expect((await ada.list()).instance).not.toBe(instance));
    const ended = await ada.run('DIE');
    expect(ended.data).toMatchObject({ outcome_unknown: true });
    expect(JSON.stringify(ended)).not.toContain(ada.token);
    expect((await ada.list()).owner).toBe(ada.owner);
  });

  it('tells its secrets in no error, no log and no record', async () => {
    const ada = await person('ada');
    await ada.list();
    const user = unique('eve');
    const token = `refused_${user.replaceAll('-', '_')}`;
    await account(user, token);
    const refused = await here(`/tools/execute/${tools(slug)('LIST_NOTES')}`, {
      body: { user_id: user, arguments: {} },
    });
    expect(Executed.parse(refused.body).error).toContain('could not');
    expect(JSON.stringify(refused.body)).not.toContain(token);
    const record = await here('/logs/tool_execution', { body: { limit: 50, cursor: null } });
    const folder = join(test.platform.home, 'logs');
    const logs = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
    );
    for (const secret of [ada.token, token]) {
      expect(JSON.stringify(record.body)).not.toContain(secret);
      expect(logs.filter((text) => text.includes(secret))).toEqual([]);
    }
  });

  it('needs no account where its values are the same for everybody, which are kept sealed', async () => {
    const name = unique('shared').replaceAll('-', '');
    const values = { notes_token: 'token-of-all', notes_region: 'us', shelf: 'lower' };
    const added = await eventuallyAdded(name, values);
    expect(added).toMatchObject({
      toolkit: { auth_schemes: ['NO_AUTH'], tools_count: 3 },
      imported: expect.arrayContaining([tools(name)('ADD_NOTE')]),
    });
    expect(JSON.stringify((await here(`/custom/toolkits/${name}`)).body)).not.toContain('token-of-all');
    const ran = await here(`/tools/execute/${tools(name)('LIST_NOTES')}`, {
      body: { user_id: 'ada', arguments: {} },
    });
    expect(Notes.parse(Executed.parse(ran.body).data)).toMatchObject({
      owner: 'all',
      region: 'us',
      shelf: ['--shelf', 'lower'],
    });
    expect(
      await add(unique('wrong').replaceAll('-', ''), { values: { notes_region: 'mars' } }),
    ).toMatchObject({
      status: 400,
    });
  });
  /** Its package may be on its way to the disk yet. */
  async function eventuallyAdded(name: string, values: object): Promise<unknown> {
    let body: unknown;
    await eventually(
      async () => {
        const answer = await add(name, { values });
        body = answer.body;
        expect(answer).toMatchObject({ status: 200 });
      },
      { timeout: 60_000 },
    );
    return body;
  }

  it('is added by the command line, out of a registry and by hand', async () => {
    const cli = await CommandLine.create({ PATCHBAY_API_KEY: apiKey, PATCHBAY_URL: test.platform.baseUrl });
    const name = unique('cli').replaceAll('-', '');
    const bare = ['toolkits', 'registry', 'add', 'test.patchbay/notes', '--slug', name, '--package', '1'];
    expect(await cli.run([...bare, '--value', 'notes_token=x'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--value-env'),
    });
    expect(await cli.json(bare)).toMatchObject({ toolkit: { slug: name, source: { type: 'stdio' } } });
    const hand = unique('hand').replaceAll('-', '');
    const program = `npm:${NOTES.identifier}@${NOTES.version}`;
    const line = [
      'toolkits',
      'import',
      hand,
      program,
      '--stdio',
      '--argument',
      'top',
      '--ask',
      'NOTES_TOKEN',
    ];
    expect(await cli.json(line)).toMatchObject({ toolkit: { slug: hand, auth_schemes: ['API_KEY'] } });
    expect(await cli.run(['toolkits', 'import', hand, 'notes', '--stdio'])).toMatchObject({ code: 2 });
  });

  it.for([EVERYTHING, TIME])(
    'may be a published one with dependencies, of $registryType (where that reaches an index)',
    { timeout: 150_000 },
    async ({ registryType, identifier, version, tool, given, answer }, { skip }) => {
      skip(!indexes[registryType], 'no index is reached');
      const name = unique(registryType).replaceAll('-', '');
      const source = { type: 'stdio', package: { registryType, identifier, version } };
      await eventually(
        async () =>
          expect(await here('/custom/toolkits/upsert', { body: { slug: name, source } })).toMatchObject({
            status: 200,
            body: { imported: expect.arrayContaining([tools(name)(tool)]) },
          }),
        { timeout: 120_000 },
      );
      const ran = await here(`/tools/execute/${tools(name)(tool)}`, {
        body: { user_id: 'ada', arguments: given },
      });
      expect(Executed.parse(ran.body)).toMatchObject({ error: null });
      expect(JSON.stringify(ran.body)).toContain(answer);
    },
  );
});
