import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createWebhookEndpoint,
  deleteTrigger,
  deleteWebhookEndpoint,
  getTrigger,
  getWebhookEndpoint,
  getWebhookSetup,
  listWebhookEndpoints,
  newId,
  receiveWebhook,
  setTriggerEnabled,
  setWebhookEndpointData,
  upsertTrigger,
  type CallOf,
  type IngressTarget,
  type TriggerType,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { acmeSignature } from '../../test/acme.toolkits.mjs';
import { PUSHED, standIn, type Outside } from '../../test/outside.js';
import { runTriggers, type RunningTriggers } from '../../test/running-triggers.js';

let on: RunningTriggers;
let outside: Outside;
let projectId: string;
beforeAll(async () => {
  on = await runTriggers({
    PUBLIC_URL: 'https://tools.example',
    PATCHBAY_TOOLKITS_MODULE: fileURLToPath(new URL('../../test/acme.toolkits.mjs', import.meta.url)),
  });
  outside = await standIn(on.nats);
});
afterAll(() => on?.stop());
beforeEach(() => {
  projectId = newId('project');
  outside.type = PUSHED;
  outside.clientId = 'client-1';
  outside.register = ({ secret }) => ({ hook: { github_hook_id: 7 }, secret });
});

const REFUSED = expect.objectContaining({ code: 'invalid_request' }) as unknown;
const refused = (code: string) => expect.objectContaining({ code }) as unknown;
type Send = Partial<Omit<CallOf<typeof receiveWebhook>, 'target'>> & { body?: string };
const send = (target: IngressTarget, { body = '', ...given }: Send = {}) =>
  on.bus.request(receiveWebhook, {
    target,
    method: 'POST',
    path: '/api/v3.1/somewhere',
    headers: {},
    bodyBase64: Buffer.from(body).toString('base64'),
    receivedAt: new Date().toISOString(),
    ...given,
  });
const eventsOf = (id: string) =>
  on.sql('SELECT source_key AS key, data FROM events WHERE instance_id = $1 ORDER BY position', [id]);
const upsert = async (slug: string, connectionId: string, config: Record<string, unknown>) =>
  (await on.bus.request(upsertTrigger, { projectId, triggerSlug: slug, connectionId, config })).instance;

describe('a hook of one instance', () => {
  const push = (repository: string, ...commits: string[]) =>
    JSON.stringify({
      repository: { full_name: repository },
      commits: commits.map((id) => ({
        id,
        message: `commit ${id}`,
        author: { name: 'Ann' },
        url: '',
        timestamp: '',
      })),
    });

  /** What GitHub was told when the hook was made, and how it sends. */
  async function hookOf(owner: string, repo: string, userId = 'ann') {
    outside.registered = [];
    const { id: connectionId } = outside.connect(projectId, userId);
    const instance = await upsert('GITHUB_COMMIT_EVENT', connectionId, { owner, repo });
    const { url = '', secret = '' } = outside.registered[0] ?? {};
    const hookToken = url.split('/').at(-2) ?? '';
    const deliver = (body: string, given: { delivery?: string; key?: string; event?: string } = {}) =>
      send(
        { hookToken },
        {
          body,
          headers: {
            'x-github-event': given.event ?? 'push',
            'x-github-delivery': given.delivery ?? newId('event'),
            'x-hub-signature-256': `sha256=${createHmac('sha256', given.key ?? secret)
              .update(body)
              .digest('hex')}`,
          },
        },
      );
    return { ...instance, secret, hookToken, deliver };
  }

  it('takes what its provider signs, once for each event, however often it is sent', async () => {
    const hook = await hookOf('octocat', 'hello-world');
    const body = push('Octocat/Hello-World', 'c1', 'c2');
    expect(await hook.deliver(body, { delivery: 'd1' })).toMatchObject({ status: 200, body: 'ok' });
    await hook.deliver(body, { delivery: 'd1' });
    await hook.deliver(body, { delivery: 'd2' });
    expect((await eventsOf(hook.id)).map(({ key }) => key)).toEqual(['c1', 'c2']);
    const { lastEventAt } = await on.bus.request(getTrigger, { projectId, id: hook.id });
    expect(lastEventAt).not.toBeNull();
  });

  it('answers a ping, and takes nothing that is not for its settings', async () => {
    const hook = await hookOf('octocat', 'hello-world');
    expect(await hook.deliver('{}', { event: 'ping' })).toMatchObject({ status: 200 });
    await hook.deliver(push('octocat/other', 'c1'));
    await hook.deliver('not json');
    await hook.deliver('[1]');
    expect(await eventsOf(hook.id)).toEqual([]);
  });

  it('refuses what is unsigned, changed, signed by another hook, or sent nowhere, and keeps nothing', async () => {
    const hook = await hookOf('octocat', 'hello-world');
    const other = await hookOf('octocat', 'hello-world', 'bob');
    const body = push('octocat/hello-world', 'c1');
    await expect(send({ hookToken: hook.hookToken }, { body })).rejects.toEqual(REFUSED);
    await expect(hook.deliver(body, { key: other.secret })).rejects.toEqual(REFUSED);
    await expect(hook.deliver(body, { key: '' })).rejects.toEqual(REFUSED);
    await expect(send({ hookToken: 'A'.repeat(32) }, { body })).rejects.toEqual(REFUSED);
    expect(await eventsOf(hook.id)).toEqual([]);
    // What comes to one user's hook reaches no other's instance, though its settings are the same.
    await hook.deliver(body);
    expect(await eventsOf(other.id)).toEqual([]);
  });

  it('takes nothing while its instance is disabled, and is nowhere once that is deleted', async () => {
    const hook = await hookOf('octocat', 'hello-world');
    const body = push('octocat/hello-world', 'c1');
    await on.sql(
      "UPDATE trigger_instances SET disabled_at = now(), disabled_reason = 'account_disabled' WHERE id = $1",
      [hook.id],
    );
    expect(await hook.deliver(body)).toMatchObject({ status: 200 });
    expect(await eventsOf(hook.id)).toEqual([]);
    await on.bus.request(deleteTrigger, { projectId, id: hook.id });
    await expect(hook.deliver(body)).rejects.toEqual(REFUSED);
  });
});

describe('the endpoint of an app', () => {
  const ACME: TriggerType = {
    ...PUSHED,
    slug: 'ACME_MESSAGE',
    toolkit: { slug: 'acme', name: 'Acme', logo: '' },
    mechanisms: ['webhook'],
    webhookModel: 'app',
  };
  beforeEach(() => {
    outside.type = ACME;
    outside.register = () => ({ hook: { team: 'T1' } });
  });

  const create = (clientId = 'client-1', project = projectId) =>
    on.bus.request(createWebhookEndpoint, { projectId: project, toolkit: 'ACME', clientId });
  const give = (id: string, data: Record<string, string>, merge = false) =>
    on.bus.request(setWebhookEndpointData, { projectId, id, data, merge });
  async function ready(clientId = 'client-1') {
    const { endpoint } = await create(clientId);
    await give(endpoint.id, { signing_secret: 'a-long-secret' });
    return endpoint;
  }
  const message = (id: string, given: object = {}) =>
    JSON.stringify({ id, kind: 'message', team: 'T1', channel: 'general', text: 'hello', ...given });
  const deliver = (endpointId: string, body: string, at = Date.now(), key = 'a-long-secret') =>
    send(
      { toolkit: 'acme', endpointId },
      {
        body,
        headers: {
          'x-acme-time': `${at}`,
          'x-acme-signature': acmeSignature(Buffer.from(body), `${at}`, key),
        },
      },
    );

  it('is one for each app, is given its fields, and shows no secret', async () => {
    expect(await on.bus.request(getWebhookSetup, { projectId, toolkit: 'acme' })).toMatchObject({
      fields: { signing_secret: { required: true, secret: true }, app_id: { required: false } },
    });
    await expect(on.bus.request(getWebhookSetup, { projectId, toolkit: 'github' })).rejects.toEqual(
      refused('not_found'),
    );
    const { endpoint, created } = await create();
    expect(endpoint).toMatchObject({
      toolkit: 'acme',
      clientId: 'client-1',
      data: null,
      missing: ['signing_secret'],
    });
    expect(created).toBe(true);
    expect(await create()).toEqual({ endpoint, created: false });
    await expect(give(endpoint.id, { app_id: 'A1' })).rejects.toEqual(REFUSED);
    await expect(give(endpoint.id, { signing_secret: 'x', secret: 'y' })).rejects.toEqual(REFUSED);
    expect((await give(endpoint.id, { signing_secret: 'a-long-secret' })).data).toEqual({
      signing_secret: 'a-lo...',
    });
    expect((await give(endpoint.id, { app_id: 'A1' }, true)).data).toEqual({
      signing_secret: 'a-lo...',
      app_id: 'A1',
    });
    expect((await give(endpoint.id, { signing_secret: 'another-secret' })).data).toEqual({
      signing_secret: 'anot...',
    });
    const [row] = await on.sql('SELECT sealed_data FROM webhook_endpoints WHERE id = $1', [endpoint.id]);
    expect(row?.['sealed_data']).not.toContain('another-secret');
    const elsewhere = { projectId: newId('project'), id: endpoint.id };
    await expect(on.bus.request(getWebhookEndpoint, elsewhere)).rejects.toEqual(refused('not_found'));
    await expect(on.bus.request(deleteWebhookEndpoint, elsewhere)).rejects.toEqual(refused('not_found'));
    expect((await on.bus.request(listWebhookEndpoints, { projectId })).items).toHaveLength(1);
    await on.bus.request(deleteWebhookEndpoint, { projectId, id: endpoint.id });
    expect((await on.bus.request(listWebhookEndpoints, { projectId, toolkit: 'acme' })).items).toEqual([]);
  });

  it('is needed before an instance can be made', async () => {
    const { id } = outside.connect(projectId, 'ann', { toolkit: 'acme' });
    const make = () => upsert('ACME_MESSAGE', id, { channel: 'general' });
    await expect(make()).rejects.toMatchObject({
      code: 'invalid_request',
      suggestion: expect.stringContaining('client-1'),
    });
    const { endpoint } = await create();
    await expect(make()).rejects.toMatchObject({ suggestion: expect.stringContaining('signing_secret') });
    await give(endpoint.id, { signing_secret: 'a-long-secret' });
    expect(await make()).toMatchObject({ mechanism: 'webhook', data: { team: 'T1' } });
    expect(outside.registered.at(-1)?.url).toBe(
      `https://tools.example/api/v3.1/webhook_ingress/acme/${endpoint.id}/trigger_event`,
    );
  });

  it('reaches each instance whose settings and account an event is of, and no other', async () => {
    const endpoint = await ready();
    const account = outside.connect(projectId, 'ann', { toolkit: 'acme' });
    const general = await upsert('ACME_MESSAGE', account.id, { channel: 'general' });
    const random = await upsert('ACME_MESSAGE', account.id, { channel: 'random' });
    // Another user's, at another team of the provider.
    outside.register = () => ({ hook: { team: 'T2' } });
    const bobs = await upsert('ACME_MESSAGE', outside.connect(projectId, 'bob', { toolkit: 'acme' }).id, {
      channel: 'general',
    });
    // Another app's, and another project's with the same app.
    outside.clientId = 'client-2';
    outside.register = () => ({ hook: { team: 'T1' } });
    await ready('client-2');
    const others = await upsert('ACME_MESSAGE', outside.connect(projectId, 'eve', { toolkit: 'acme' }).id, {
      channel: 'general',
    });
    await deliver(endpoint.id, message('m1'));
    await deliver(endpoint.id, message('m2', { kind: 'reaction' }));
    expect(await eventsOf(general.id)).toEqual([{ key: 'm1', data: { text: 'hello' } }]);
    for (const { id } of [random, bobs, others]) expect(await eventsOf(id)).toEqual([]);
    await on.bus.request(setTriggerEnabled, { projectId, id: general.id, enabled: false });
    await deliver(endpoint.id, message('m3'));
    expect(await eventsOf(general.id)).toHaveLength(1);
  });

  it('that is only told that something changed has that looked up, once for each event', async () => {
    outside.type = {
      ...ACME,
      slug: 'ACME_CHANGE',
      mechanisms: ['webhook', 'poll'],
      hinted: true,
    };
    const endpoint = await ready();
    const all: string[] = ['old'];
    outside.poll = ({ cursor }) => {
      const from = cursor ? Number(cursor['at']) : all.length;
      const found = all.slice(from).map((id) => ({ id, at: null, payload: { text: id } }));
      return { events: found, cursor: { at: all.length }, more: false };
    };
    const { id: connectionId } = outside.connect(projectId, 'ann', { toolkit: 'acme' });
    const instance = await upsert('ACME_CHANGE', connectionId, { channel: 'general' });
    const other = await upsert('ACME_CHANGE', connectionId, { channel: 'random' });
    expect(instance).toMatchObject({ mechanism: 'webhook' });
    const nextPoll = async (id: string) => {
      const [row] = await on.sql('SELECT cursor, next_poll_at AS next FROM trigger_instances WHERE id = $1', [
        id,
      ]);
      expect(row?.['cursor']).not.toBeNull();
      return Number(row?.['next']) - Date.now();
    };
    // Without being told it is looked a few times an hour.
    for (const { id } of [instance, other]) {
      await eventually(async () => expect(await nextPoll(id)).toBeGreaterThan(800_000));
    }
    all.push('a', 'b');
    const change = message('h1', { kind: 'change' });
    await deliver(endpoint.id, change);
    await deliver(endpoint.id, change);
    await eventually(async () =>
      expect((await eventsOf(instance.id)).map(({ key }) => key)).toEqual(['a', 'b']),
    );
    // And once more a minute later, for what the provider's lists show late.
    await eventually(async () => expect(await nextPoll(instance.id)).toBeLessThan(64_000));
    await deliver(endpoint.id, message('h2', { kind: 'change' }));
    all.push('c');
    await eventually(async () =>
      expect((await eventsOf(instance.id)).map(({ key }) => key)).toEqual(['a', 'b', 'c']),
    );
    expect(await eventsOf(other.id)).toEqual([]);
    expect(await nextPoll(other.id)).toBeGreaterThan(700_000);
  });

  it('refuses what is late, unsigned, or sent to another toolkit’s address', async () => {
    const endpoint = await ready();
    const { id } = outside.connect(projectId, 'ann', { toolkit: 'acme' });
    const instance = await upsert('ACME_MESSAGE', id, { channel: 'general' });
    const body = message('m1');
    await expect(deliver(endpoint.id, body, Date.now() - 301_000)).rejects.toEqual(REFUSED);
    await expect(deliver(endpoint.id, body, Date.now(), 'guessed')).rejects.toEqual(REFUSED);
    await expect(send({ toolkit: 'github', endpointId: endpoint.id }, { body })).rejects.toEqual(REFUSED);
    await expect(send({ toolkit: 'acme', endpointId: 'we_unknown' }, { body })).rejects.toEqual(REFUSED);
    expect(await eventsOf(instance.id)).toEqual([]);
  });

  it('answers one handshake: a forged one puts nothing in its place', async () => {
    const endpoint = await ready();
    const shake = (token: string) =>
      send(
        { toolkit: 'acme', endpointId: endpoint.id },
        { body: JSON.stringify({ handshake: 'hi', token }) },
      );
    expect(await shake('good')).toMatchObject({ status: 200, body: 'hi' });
    await expect(shake('forged')).rejects.toEqual(REFUSED);
    await give(endpoint.id, { signing_secret: 'another-secret' });
    await eventually(async () => expect(await shake('new')).toMatchObject({ body: 'hi' }));
  });
});
