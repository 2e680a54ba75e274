import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  eventually,
  pythonForTests,
  startWebhookReceiver,
  type ReceivedWebhook,
  type WebhookReceiver,
} from '@patchbay/testing';
import { z } from 'zod';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, errorOf, type Answer } from '../support/http.js';
import { asOrganisation } from '../support/organisation.js';
import { asPerson, createPerson, organisationId } from '../support/people.js';
import { newestComposio } from '../support/sdk.newest.js';
import { storeEvent } from '../support/trigger.events.js';

const DATA = { id: 'c0ffee', message: 'Grüße, 世界', author: { name: 'Ann' } };
const Delivered = z.looseObject({ id: z.string(), status: z.string(), attempts: z.int() });

let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterAll(() => receiver?.close());

async function newProject() {
  const { id, apiKey } = await createProject(unique('webhooks'));
  const own = (path: string, more: object = {}) => call(path, { apiKey, ...more });
  /** What arrives of an event that happens now. */
  const deliver = async (): Promise<ReceivedWebhook> => {
    const eventId = await storeEvent(id, DATA);
    expect((await own(`/webhook_deliveries/${eventId}/resend`, { method: 'POST' })).status).toBe(200);
    const isIt = ({ headers }: ReceivedWebhook) => headers['webhook-id'] === `msg_${eventId.slice(4)}`;
    return (await receiver.until((all) => all.some(isIt))).find(isIt)!;
  };
  return { id, apiKey, own, deliver };
}

const asRequest = ({ headers, body }: ReceivedWebhook) =>
  new Request('https://app.example.com/hook', { method: 'POST', headers: headers as never, body });

describe.each(['V1', 'V2', 'V3'] as const)('a delivery in %s', (version) => {
  it('is verified and parsed by the SDKs, with what happened and whose it is', async () => {
    const { apiKey, deliver } = await newProject();
    const composio = newestComposio(apiKey);
    const { secret = '' } = await composio.webhooks.subscriptions.set({ webhookUrl: receiver.url, version });
    const received = await deliver();
    const { id, payload } = { id: String(received.headers['webhook-id']), payload: received.body };
    const parts = {
      id,
      payload,
      secret,
      signature: String(received.headers['webhook-signature']),
      timestamp: String(received.headers['webhook-timestamp']),
    };
    const told = {
      version,
      payload: { triggerSlug: 'GITHUB_COMMIT_EVENT', payload: expect.objectContaining(DATA) },
    };
    for (const sdk of [newComposio(apiKey), composio]) {
      expect(await sdk.triggers.verifyWebhook(parts)).toMatchObject(told);
      const forged = sdk.triggers.verifyWebhook({ ...parts, secret: 'whsec_other' });
      await expect(forged).rejects.toThrow(/signature/i);
    }
    const parsed = await composio.triggers.parse(asRequest(received), { verifySecret: secret });
    expect(parsed).toMatchObject(told);
    // V1 does not say whose it is.
    expect(parsed.payload.userId).toBe(version === 'V1' ? '' : 'ann');
  });
});

describe('the subscription of a project', () => {
  it('is set, changed, rotated and deleted by the SDKs', async () => {
    const { apiKey, own, deliver } = await newProject();
    const composio = newestComposio(apiKey);
    const { subscriptions } = composio.webhooks;
    expect((await subscriptions.list()).items).toEqual([]);
    // As 0.19 knows it, and both the same one.
    const made = await newComposio(apiKey).triggers.setWebhookSubscription({ webhookUrl: receiver.url });
    expect(made).toMatchObject({ version: 'V3', enabledEvents: ['composio.trigger.message'] });
    const again = await subscriptions.set({ webhookUrl: `${receiver.url}/2`, version: 'V3' });
    expect(again.id).toBe(made.id);
    expect((await subscriptions.list({ limit: 1 })).items).toEqual([again]);
    expect(await subscriptions.get(again.id)).toEqual(again);
    const body = { webhook_url: receiver.url, enabled_events: ['composio.trigger.message'] };
    errorOf(await own('/webhook_subscriptions', { body }), 409);
    const events = ['composio.trigger.message', 'composio.connected_account.expired'];
    const changed = await subscriptions.update(again.id, { enabledEvents: events });
    expect(changed).toMatchObject({ enabledEvents: events, webhookUrl: `${receiver.url}/2` });
    errorOf(
      await own(`/webhook_subscriptions/${again.id}`, { method: 'PATCH', body: { version: 'V1' } }),
      400,
    );
    const { secret } = await subscriptions.rotateSecret(again.id);
    expect(secret).toMatch(/^whsec_/);
    const received = await deliver();
    expect(received.path).toBe('/hook/2');
    await composio.triggers.parse(asRequest(received), { verifySecret: secret });
    await expect(composio.triggers.parse(asRequest(received), { verifySecret: made.secret })).rejects.toThrow(
      /signature/i,
    );
    const types = await subscriptions.listEventTypes();
    expect(types.items.map(({ eventType }) => eventType)).toEqual(expect.arrayContaining(events));
    expect(await subscriptions.delete(again.id)).toEqual({ success: true });
    errorOf(await own(`/webhook_subscriptions/${again.id}`), 404);
  });

  it('is refused where nothing could be delivered to, and for another project', async () => {
    const { own } = await newProject();
    const refused = async (body: object) =>
      errorOf(
        await own('/webhook_subscriptions', {
          body: { enabled_events: ['composio.trigger.message'], webhook_url: receiver.url, ...body },
        }),
        400,
      );
    await refused({ webhook_url: 'https://10.0.0.1/hook' });
    await refused({ webhook_url: 'http://example.com/hook' });
    await refused({ webhook_url: 'ftp://example.com/hook' });
    await refused({ webhook_url: 'https://me:secret@example.com/hook' });
    await refused({ enabled_events: ['composio.no.such'] });
    await refused({ enabled_events: [] });
    const other = await newProject();
    const made = await newComposio(other.apiKey).triggers.setWebhookSubscription({
      webhookUrl: receiver.url,
    });
    errorOf(await own(`/webhook_subscriptions/${made.id}`), 404);
  });
});

describe('the secret of a subscription', () => {
  it('is told to those who may replace it, and left out for those who may only read', async () => {
    const { id: projectId, own } = await newProject();
    const { body: made } = await own('/webhook_subscriptions', {
      body: { webhook_url: receiver.url, enabled_events: ['composio.trigger.message'] },
    });
    const { id, secret } = z.looseObject({ id: z.string(), secret: z.string() }).parse(made);
    const orgId = await organisationId(environment.userApiKey);
    const paths = ['/webhook_subscriptions', `/webhook_subscriptions/${id}`];
    const told = async (ask: (path: string) => Promise<Answer>) => {
      const answers = await Promise.all(paths.map(ask));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      return answers.map(({ body }) => JSON.stringify(body).includes(secret));
    };
    const keyOf = async (areas: object) => {
      const path = `/org/owner/project/${projectId}/api_keys`;
      const { body } = await asOrganisation(path, { body: { name: unique('key'), areas } });
      return z.looseObject({ key: z.string() }).parse(body).key;
    };
    const byKey = async (areas: object) => {
      const apiKey = await keyOf(areas);
      return told((path) => call(path, { apiKey }));
    };
    const byRole = async (role: string) => {
      const { key } = await createPerson({ project_roles: { [projectId]: role } });
      return told((path) => asPerson(key, path, { scope: { orgId, projectId } }));
    };
    expect(await told((path) => own(path))).toEqual([true, true]);
    expect(await byKey({ webhooks: 'write' })).toEqual([true, true]);
    expect(await byKey({ webhooks: 'read' })).toEqual([false, false]);
    expect(await byRole('developer')).toEqual([true, true]);
    expect(await byRole('viewer')).toEqual([false, false]);
  });
});

describe('deliveries', () => {
  it('are listed, shown with their attempts, and sent again', async () => {
    const { apiKey, own, deliver } = await newProject();
    const { secret } = await newComposio(apiKey).triggers.setWebhookSubscription({
      webhookUrl: receiver.url,
    });
    const id = String((await deliver()).headers['webhook-id']);
    const shown = await eventually(async () => {
      const { body } = await own(`/webhook_deliveries/${id}`);
      expect(body).toMatchObject({ id, status: 'delivered', attempts: 1, response_status: 200 });
      return body;
    });
    expect(JSON.stringify(shown)).not.toContain(secret);
    const { body } = await own('/webhook_deliveries?status=delivered&trigger_slugs=github_commit_event');
    const { items } = z.looseObject({ items: z.array(Delivered) }).parse(body);
    expect(items.map((item) => item.id)).toEqual([id]);
    expect((await own('/webhook_deliveries?status=failed')).body).toEqual({ items: [], next_cursor: null });
    expect((await own(`/webhook_deliveries/${id}/resend`, { method: 'POST' })).body).toMatchObject({ id });
    await receiver.until((all) => all.filter(({ headers }) => headers['webhook-id'] === id).length === 2);
    errorOf(await own('/webhook_deliveries/msg_unknown'), 404);
    errorOf(await own('/webhook_deliveries/msg_unknown/resend', { method: 'POST' }), 404);
  });
});

describe('the logs of older clients', () => {
  it('have what triggers saw, whether it was delivered, and what was posted and answered', async () => {
    const { id: projectId, apiKey, deliver } = await newProject();
    await newComposio(apiKey).triggers.setWebhookSubscription({ webhookUrl: receiver.url });
    const { triggers } = newComposio(apiKey).getClient().logs;
    const delivered = String((await deliver()).headers['webhook-id']).replace('msg_', 'log_');
    const quiet = await storeEvent(projectId, { message: 'nobody was told' }, 'bob');
    const ofTrigger = {
      clientId: projectId,
      connectionId: 'ca_1',
      appName: 'github',
      type: 'trigger',
      status: 'success',
      meta: { triggerName: 'GITHUB_COMMIT_EVENT', triggerId: 'ti_1', provider: 'github' },
    };
    expect((await triggers.list({ time: '1d' })).data).toMatchObject([
      { id: quiet, entityId: 'bob', ...ofTrigger },
      { id: delivered, entityId: 'ann', ...ofTrigger },
    ]);
    const idsOf = async (query: Parameters<typeof triggers.list>[0]) =>
      (await triggers.list(query)).data?.map(({ id }) => id);
    expect(await idsOf({ userId: 'bob' })).toEqual([quiet]);
    expect(await idsOf({ search: 'c0ffee', include_payload: false })).toEqual([delivered]);
    expect(await idsOf({ search_params: [{ field: 'entityId', operation: '==', value: 'ann' }] })).toEqual([
      delivered,
    ]);
    expect(await idsOf({ status: 'error' })).toEqual([]);
    expect(await idsOf({ integrationId: 'ac_other' })).toEqual([]);
    const first = await triggers.list({ limit: 1 });
    expect(await idsOf({ limit: 1, cursor: first.nextCursor })).toEqual([delivered]);

    const { log } = await eventually(async () => {
      const shown = await triggers.retrieve(delivered);
      expect(shown.log.meta.updatedAt > shown.log.meta.createdAt).toBe(true);
      return shown;
    });
    expect(JSON.parse(log.meta.triggerProviderPayload ?? '')).toMatchObject(DATA);
    expect(JSON.parse(log.meta.triggerClientPayload ?? '')).toMatchObject({ data: DATA });
    await expect(triggers.list({ search_params: [{ field: 'colour', value: 'red' }] })).rejects.toMatchObject(
      {
        status: 400,
      },
    );
    await expect(triggers.retrieve('log_unknown')).rejects.toMatchObject({ status: 404 });
  });

  it('say what was wrong with a delivery that was given up', async () => {
    const { apiKey, deliver } = await newProject();
    await newComposio(apiKey).triggers.setWebhookSubscription({ webhookUrl: receiver.url });
    receiver.answerWith(() => ({ status: 410, body: 'moved away' }));
    const { headers } = await deliver().finally(() => receiver.answerWith(() => ({ status: 200 })));
    const id = String(headers['webhook-id']).replace('msg_', 'log_');
    const { triggers } = newComposio(apiKey).getClient().logs;
    await eventually(async () => {
      expect((await triggers.list({ status: 'error' })).data).toMatchObject([{ id, status: 'error' }]);
    });
    expect((await triggers.retrieve(id)).log.meta).toMatchObject({
      triggerClientError: expect.stringContaining('410'),
      triggerClientResponse: 'moved away',
    });
  });
});

const FOLDER = fileURLToPath(new URL('../python', import.meta.url));
/** Prints what the SDK makes of a delivery that it verified. */
const PARSE = `
import json, sys
from composio import Composio
given = json.load(sys.stdin)
composio = Composio(api_key="unused", base_url="http://127.0.0.1:9", allow_tracking=False)
for one in given:
    result = composio.triggers.parse(body=one["body"], headers=one["headers"], verify_secret=one["secret"])
    print(json.dumps({"version": str(getattr(result["version"], "value", result["version"])), "slug": result["payload"]["trigger_slug"], "data": result["payload"]["payload"]}))
`;

describe('the Python SDK', () => {
  it('verifies and parses deliveries of every version', async ({ skip }) => {
    const python = await pythonForTests(FOLDER);
    if ('missing' in python) return skip(python.missing);
    const { apiKey, deliver } = await newProject();
    const given = [];
    for (const version of ['V1', 'V2', 'V3'] as const) {
      const { secret } = await newestComposio(apiKey).webhooks.subscriptions.set({
        webhookUrl: receiver.url,
        version,
      });
      const { body, headers } = await deliver();
      given.push({ body, headers, secret });
    }
    const running = promisify(execFile)(python.python, ['-c', PARSE], { timeout: 60_000 });
    running.child.stdin?.end(JSON.stringify(given));
    const { stdout } = await running;
    const told = stdout.trim().split('\n');
    expect(told.map((line) => JSON.parse(line) as unknown)).toEqual(
      ['V1', 'V2', 'V3'].map((version) => ({
        version,
        slug: 'GITHUB_COMMIT_EVENT',
        data: expect.objectContaining(DATA) as unknown,
      })),
    );
  });
});
