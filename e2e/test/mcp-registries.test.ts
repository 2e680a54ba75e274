import { beforeAll, describe, expect, it } from 'vitest';
import { eventually, type McpWorld } from '@patchbay/testing';
import { z } from 'zod';
import { CommandLine } from '../support/cli.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { inBrowser } from '../support/forms.js';
import { call, createProject, errorOf, type Call } from '../support/http.js';

const Names = z.object({
  items: z.array(z.object({ name: z.string(), refusal: z.string().nullable() })),
  left_out: z.object({ unreadable: z.number(), not_allowed: z.number() }),
});

describe('a registry of MCP servers', () => {
  let apiKey: string;
  let composio: ReturnType<typeof newComposio>;
  beforeAll(async () => {
    ({ apiKey } = await createProject(unique('registries')));
    composio = newComposio(apiKey);
  });

  const here = (path: string, options: Call = {}) => call(path, { apiKey, ...options });
  const fresh = (name: string) => unique(name).replaceAll('-', '');
  const add = (slug: string, server: string, more: object = {}) =>
    here('/custom/toolkits/upsert', { body: { slug, source: { type: 'mcp_registry', server, ...more } } });
  const world = async (name: string) =>
    (await (await fetch(`${environment.mcpUrl}/control/${name}`)).json()) as McpWorld;
  const search = async (registry: string, words: string) =>
    Names.parse((await here(`/mcp_registries/${registry}/servers?search=${words}&limit=100`)).body);

  it('is one of the operator’s, with a token or without, and has what he allows', async () => {
    expect((await here('/mcp_registries')).body).toMatchObject({
      items: [{ name: 'official' }, { name: 'ours' }],
    });
    const found = await search('official', 'patchbay');
    expect(found.items.map(({ name }) => name)).toContain('test.patchbay/keyed');
    expect(found.left_out).toEqual({ unreadable: 0, not_allowed: 0 });
    const allowed = await search('ours', '');
    expect(allowed.items.map(({ name }) => name)).toEqual(['test.patchbay/open-mcp']);
    expect(allowed.left_out.not_allowed).toBeGreaterThan(0);
    errorOf(await add(fresh('ours'), 'test.patchbay/keyed', { registry: 'ours' }), 403);
    errorOf(await here('/mcp_registries/other/servers'), 404);
    errorOf(await here('/mcp_registries/official/servers/no.such/server'), 404);
    errorOf(await here('/mcp_registries/official/servers/no%20such/server'), 400);
  });

  it('gives a server that needs nothing, in the version that is asked for, and says where it is from', async () => {
    const slug = fresh('open');
    const answer = await add(slug, 'test.patchbay/open-mcp', { values: { x_tenant: 'us' } });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        toolkit: {
          name: 'Test open-mcp',
          auth_schemes: ['NO_AUTH'],
          source: { type: 'mcp', registry: { registry: 'official', version: '1.1.0' } },
        },
      },
    });
    const ran = await here(`/tools/execute/${slug.toUpperCase()}_ADD_NUMBERS`, {
      body: { user_id: 'ada', arguments: { a: 1, b: 2 } },
    });
    expect(ran.body).toMatchObject({ successful: true, data: { sum: 3 } });
    expect((await world('registry-open')).tenants).toContain('us');
    expect(await add(fresh('older'), 'test.patchbay/open-mcp', { version: '1.0.0' })).toMatchObject({
      body: { toolkit: { source: { url: expect.stringContaining('/sessions/older/mcp') } } },
    });
  });

  it('asks each user for what an entry wants, in a form, and the first account shows the tools', async () => {
    const [slug, workspace] = [fresh('keyed'), fresh('workspace')];
    const entry = await here('/mcp_registries/official/servers/test.patchbay/keyed');
    expect(entry.body).toMatchObject({
      refusal: null,
      suggested_slug: 'keyed',
      remotes: [
        {
          fields: [
            { name: 'workspace', place: 'address', required: true, is_for_all: false },
            { name: 'person', place: 'header', required: true, is_secret: true },
            { name: 'x_tenant', default: 'eu', choices: ['eu', 'us'], required: false },
          ],
        },
      ],
    });
    expect(await add(slug, 'test.patchbay/keyed')).toMatchObject({
      status: 200,
      body: { imported: [], toolkit: { auth_schemes: ['API_KEY'] } },
    });
    const config = await composio.authConfigs.create(slug, {
      type: 'use_custom_auth',
      authScheme: 'API_KEY',
      credentials: {},
    });
    const request = await composio.connectedAccounts.link('ada', config.id);
    await inBrowser(async (page) => {
      await page.goto(String(request.redirectUrl));
      await page.getByLabel('Workspace').fill(workspace);
      expect(await page.getByLabel('Person').getAttribute('type')).toBe('password');
      await page.getByLabel('Person').fill('ada');
      await page.getByLabel('X-Tenant (optional)').selectOption('us');
      await page.getByRole('button', { name: /^Connect / }).click();
      await page.getByText(/is connected/).waitFor();
    });
    await eventually(async () =>
      expect((await here(`/custom/toolkits/${slug}`)).body).toMatchObject({ tools_count: 3, problem: null }),
    );
    const run = (user_id: string, more: object = {}) =>
      here(`/tools/execute/${slug.toUpperCase()}_ADD_NUMBERS`, {
        body: { user_id, arguments: { a: 2, b: 3 }, ...more },
      });
    await eventually(async () =>
      expect((await run('ada')).body).toMatchObject({ successful: true, data: { sum: 5 } }),
    );
    const seen = await world(workspace);
    expect([new Set(seen.people), new Set(seen.tenants)]).toEqual([new Set(['ada']), new Set(['us'])]);
    // A value is a name, and leads nowhere else.
    const values = { workspace: '../../sessions/other', person: 'eve' };
    const state = { authScheme: 'API_KEY', val: values };
    const odd = await here('/connected_accounts', {
      body: { auth_config: { id: config.id }, connection: { user_id: 'eve', state } },
    });
    expect(errorOf(odd, 400).message).toContain('cannot be part of an address');
    const mars = { ...state, val: { workspace, person: 'eve', x_tenant: 'mars' } };
    const other = await here('/connected_accounts', {
      body: { auth_config: { id: config.id }, connection: { user_id: 'eve', state: mars } },
    });
    expect(errorOf(other, 400).message).toContain('eu, us');
  });

  it('keeps a secret of everybody sealed, and holds back another entry in its place', async () => {
    const [slug, workspace] = [fresh('shared'), fresh('workspace')];
    const values = { workspace, person: 'team' };
    expect(await add(slug, 'test.patchbay/keyed', { values })).toMatchObject({
      status: 200,
      body: { imported: expect.arrayContaining([`${slug.toUpperCase()}_ADD_NUMBERS`]) },
    });
    expect(JSON.stringify((await here(`/custom/toolkits/${slug}`)).body)).not.toContain('key-of');
    expect(new Set((await world(workspace)).people)).toEqual(new Set(['team']));
    // Headers that everybody's calls say go to another address with its approval only.
    errorOf(await add(slug, 'test.patchbay/open-mcp'), 409);
    expect((await add(slug, 'test.patchbay/private')).body).toMatchObject({
      toolkit: { status: 'needs_approval', held_back: { settings: true } },
    });
  });

  it('has servers with a sign-in of their own, and some that cannot be added, which say why', async () => {
    expect(await add(fresh('private'), 'test.patchbay/private')).toMatchObject({
      status: 200,
      body: { toolkit: { auth_schemes: ['DCR_OAUTH'] } },
    });
    for (const [server, reason] of [
      ['test.patchbay/inside', 'not a public address'],
      ['test.patchbay/broken', 'not as server.json has it'],
      ['test.patchbay/gone', 'deleted'],
      ['io.github.upstash/context7', 'a program'],
      ['io.github.exa-labs/exa-mcp-server', 'SSE'],
    ] as const)
      expect(errorOf(await add(fresh('no'), server), 400).message).toContain(reason);
    const wrong = await add(fresh('no'), 'test.patchbay/keyed', { values: { tenant: 'x' } });
    expect(errorOf(wrong, 400).message).toContain('tenant: is not asked for');
  });

  it('is searched, and added from, by the command line', async () => {
    const cli = await CommandLine.create({ PATCHBAY_API_KEY: apiKey });
    const slug = fresh('cli');
    expect(await cli.json(['toolkits', 'registry', 'list'])).toHaveLength(2);
    expect(await cli.json(['toolkits', 'registry', 'search', 'open-mcp'])).toMatchObject([
      { name: 'test.patchbay/open-mcp', version: '1.1.0' },
    ]);
    const shown = await cli.run(['toolkits', 'registry', 'get', 'test.patchbay/keyed']);
    expect(shown.stdout).toContain('person (secret)');
    const bare = [
      'toolkits',
      'registry',
      'add',
      'test.patchbay/keyed',
      '--slug',
      slug,
      '--value',
      'person=team',
    ];
    expect(await cli.run(bare)).toMatchObject({ code: 2, stderr: expect.stringContaining('--value-env') });
    const args = [...bare.slice(0, 6), '--value', `workspace=${slug}`, '--value-env', 'person=WHO'];
    const added = await cli.run([...args, '--json'], { env: { WHO: 'team' } });
    expect(JSON.parse(added.stdout)).toMatchObject({ toolkit: { slug, tools_count: 3 } });
  });
});
