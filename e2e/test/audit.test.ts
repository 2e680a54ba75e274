import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { z } from 'zod';
import { ACTS, type Act, type Scene } from '../support/acts.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, errorOf } from '../support/http.js';
import { asOrganisation } from '../support/organisation.js';

const Entry = z.strictObject({
  id: z.string(),
  timestamp: z.string(),
  action: z.string(),
  outcome: z.string(),
  project_id: z.string().nullable(),
  actor: z.strictObject({
    kind: z.string(),
    key_id: z.string().nullable(),
    name: z.string().nullable(),
    person_id: z.string().nullable(),
  }),
  target: z.strictObject({ type: z.string(), id: z.string(), user_id: z.string().nullable() }),
  changed: z.array(z.string()),
  reason: z.string().nullable(),
  request_id: z.string().nullable(),
  client_address: z.string().nullable(),
});
type Entry = z.infer<typeof Entry>;
const Page = z.strictObject({ items: z.array(Entry), next_cursor: z.string().nullable() });

/** By the organisation's key, which also sees what is gone. */
async function auditOf(projectId: string | null, query = ''): Promise<Entry[]> {
  const of = projectId === null ? '' : `project_id=${projectId}&`;
  const answer = await asOrganisation(`/org/logs/audit?${of}limit=1000${query}`);
  expect(answer.status).toBe(200);
  return Page.parse(answer.body).items;
}
const actionsOf = (entries: readonly Entry[]) => entries.map(({ action }) => action).toSorted();

describe('the audit of administrators', () => {
  let scene: Scene;
  const made: { act: Act; requestId: string; projectId: string }[] = [];

  beforeAll(async () => {
    const { id: projectId, apiKey } = await createProject(unique('audited'));
    scene = { projectId, apiKey, ids: {}, browsers: [] };
  });

  it.each(ACTS.map((act, index) => [`${index + 1}. ${act.route}`, act] as const))(
    'holds %s, with who did it and from where',
    async (_, act) => {
      const answer = await act.make(scene);
      expect({ status: answer.status, body: answer.body }).toMatchObject({
        status: answer.status === 200 ? 200 : 201,
      });
      const requestId = String(answer.headers.get('x-request-id'));
      await eventually(async () => {
        const projectId = act.ofOrganisation ? null : scene.projectId;
        const entries = (await auditOf(projectId)).filter((entry) => entry.request_id === requestId);
        expect(actionsOf(entries)).toEqual(act.actions.toSorted());
        for (const { actor, client_address: address, outcome, project_id: project } of entries) {
          expect({ kind: actor.kind, address, outcome, project }).toEqual({
            kind: act.actor,
            address: '127.0.0.1',
            outcome: 'done',
            project: projectId,
          });
          expect(String(actor.key_id)).toMatch(act.actor === 'anonymous' ? /^null$/ : /^(key|cs)_/);
          expect(actor.person_id).toBe(act.actor === 'person' ? scene.ids['person'] : null);
        }
      });
      made.push({ act, requestId, projectId: scene.projectId });
    },
  );

  it('holds nothing of what was refused or undone', async () => {
    const body = { name: unique('taken') };
    const { id } = (await asOrganisation('/org/owner/project/new', { body })).body as { id: string };
    const undone = await asOrganisation('/org/owner/project/new', { body });
    errorOf(undone, 409);
    await asOrganisation(`/org/owner/project/${id}`, { method: 'DELETE' });
    // Events keep their order: once this one is there, those before it are.
    await eventually(async () => expect((await auditOf(id))[0]?.action).toBe('project.deleted'));
    const all = Page.parse((await asOrganisation('/org/logs/audit?limit=1000')).body).items;
    expect(all.map((entry) => entry.request_id)).not.toContain(undone.headers.get('x-request-id'));
  });

  it('outlives the project, its deletion included, for the organisation', async () => {
    const [{ projectId } = { projectId: '' }] = made;
    const entries = await auditOf(projectId);
    expect(entries[0]?.action).toBe('project.deleted');
    expect(entries.length).toBeGreaterThan(40);
    // Names of fields and never what was in them.
    const text = JSON.stringify(entries);
    for (const secret of [environment.keys.ada, 'brought-along', scene.apiKey, environment.orgApiKey]) {
      expect(text).not.toContain(secret);
    }
    const settings = entries.find(({ action }) => action === 'project.settings_updated');
    expect(settings).toMatchObject({ changed: ['displayName'], actor: { name: 'first key' } });
    const key = entries.find(({ target }) => target.id === scene.ids['reader'] && target.type === 'api_key');
    expect(key?.actor.kind).toBe('organisation');
  });
});

describe('the lists of the audit', () => {
  let project: { id: string; apiKey: string };
  let keys: { whole: string; reader: string; runner: string };

  beforeAll(async () => {
    project = await createProject(unique('audit-lists'));
    const keyFor = async (areas: Record<string, string>) => {
      const path = `/org/owner/project/${project.id}/api_keys`;
      const { body } = await asOrganisation(path, { body: { name: '=SUM(A1)', areas } });
      return (body as { key: string }).key;
    };
    const [reader, runner] = [
      await keyFor({ observability: 'read' }),
      await keyFor({ tool_execution: 'write' }),
    ];
    keys = { whole: project.apiKey, reader, runner };
    for (const name of ['One', 'Two', 'Three']) {
      await call('/org/project/config', { ...project, method: 'PATCH', body: { display_name: name } });
    }
    await eventually(async () => expect(await auditOf(project.id)).toHaveLength(7));
  });

  const list = (query = '', apiKey = keys.reader) => call(`/logs/audit${query}`, { apiKey });

  it('are a project’s own, page by page, for a key that may observe', async () => {
    const first = Page.parse((await list('?limit=4')).body);
    const second = Page.parse((await list(`?limit=4&cursor=${first.next_cursor}`)).body);
    expect([...first.items, ...second.items]).toEqual(await auditOf(project.id));
    expect(second.next_cursor).toBeNull();
    const other = await createProject(unique('audit-lists'));
    await eventually(async () => expect(await auditOf(other.id)).toHaveLength(2));
    expect(actionsOf(Page.parse((await list('', other.apiKey)).body).items)).toEqual([
      'api_key.created',
      'project.created',
    ]);
    // Whose rows it sees is not the caller's to say.
    expect(Page.parse((await list(`?project_id=${other.id}`)).body).items).toHaveLength(7);
    errorOf(await list('', keys.runner), 403);
    errorOf(await call('/org/logs/audit', project), 401);
    errorOf(await list('?action=project.sold'), 400);
  });

  it('are filtered by who, what, on what and when', async () => {
    const all = await auditOf(project.id, '&outcome=done');
    const [newest] = all;
    const of = async (query: string) => Page.parse((await list(query)).body).items;
    expect(await of('?action=api_key.created,project.created&outcome=done')).toHaveLength(4);
    expect(await of(`?actor_key_id=${newest?.actor.key_id}&outcome=done`)).toHaveLength(3);
    expect(await of('?actor_kind=organisation&outcome=done')).toHaveLength(4);
    expect(await of('?target_type=api_key')).toHaveLength(3);
    expect(await of(`?target_id=${project.id}`)).toHaveLength(4);
    expect(await of(`?from=${Date.parse(String(newest?.timestamp)) + 60_000}`)).toEqual([]);
    expect((await of(`?to=${Date.parse(String(all.at(-1)?.timestamp))}`)).length).toBeGreaterThan(0);
  });

  it('are exported as JSON lines and as CSV', async () => {
    const all = await auditOf(project.id, '&outcome=done');
    const response = await fetch(`${environment.baseUrl}/api/v3.1/logs/audit/export?outcome=done`, {
      headers: { 'x-api-key': keys.reader },
    });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((line) => Entry.parse(JSON.parse(line)))).toEqual(all);
    const csv = await asOrganisation(
      `/org/logs/audit/export?format=csv&outcome=done&project_id=${project.id}`,
    );
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows = String(csv.body).trimEnd().split('\r\n');
    expect(rows).toHaveLength(all.length + 1);
    expect(rows[0]).toMatch(/^id,timestamp,action,outcome,/);
    expect(rows[1]).toContain(all[0]?.id);
    errorOf(await list('/export?format=xml'), 400);
  });

  it('hold once a minute what a good key was refused', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const body = { toolkit: { slug: 'keyed' } };
      errorOf(await call('/auth_configs', { apiKey: keys.runner, body }), 403);
      errorOf(
        await call('/org/owner/project/list', { apiKey: null, headers: { 'x-org-api-key': keys.whole } }),
        401,
      );
    }
    await eventually(async () => {
      const refused = (await auditOf(project.id, '&outcome=refused&target_type=route')).filter(
        ({ target }) => !target.id.includes('/logs/audit'),
      );
      expect(refused.map(({ target }) => target.id).toSorted()).toEqual([
        expect.stringMatching(/^GET .*\/org\/owner\/project\/list$/),
        expect.stringMatching(/^POST .*\/auth_configs$/),
      ]);
      expect(refused.map(({ action, actor }) => [action, actor.kind])).toEqual([
        ['request.refused', 'project'],
        ['request.refused', 'project'],
      ]);
      expect(refused.find(({ target }) => target.id.startsWith('POST'))?.reason).toMatch(
        /needs write of auth_configs/,
      );
    });
    // The key's name would be a formula in a sheet.
    const csv = await asOrganisation(`/org/logs/audit/export?format=csv&project_id=${project.id}`);
    expect(csv.body).toContain(",'=SUM(A1),");
    expect(csv.body).not.toContain(',=SUM(A1),');
  });
});

it('names the settings whose keys a start kept', async () => {
  const answer = await asOrganisation('/org/logs/audit?actor_kind=setting&limit=1000');
  const { items } = Page.parse(answer.body);
  expect(items.map(({ action, actor }) => `${action} by ${actor.name}`).toSorted()).toEqual([
    'api_key.created by PATCHBAY_API_KEY',
    'api_key.created by PATCHBAY_ORG_API_KEY',
    'person.created by PATCHBAY_USER_API_KEY',
    'project.created by PATCHBAY_API_KEY',
    'user_key.created by PATCHBAY_USER_API_KEY',
  ]);
  // What is the organisation's own belongs to no project.
  const own = items.find(({ actor }) => actor.name === 'PATCHBAY_ORG_API_KEY');
  expect(own).toMatchObject({ project_id: null, target: { type: 'api_key' } });
  const sha256 = createHash('sha256').update(environment.orgApiKey).digest('hex');
  expect(JSON.stringify(items)).not.toContain(sha256);
});
