import { createHmac } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createWebhookSubscription,
  getDelivery,
  getWebhookSubscription,
  listDeliveries,
  listTriggerEvents,
  newId,
  resendDelivery,
  rotateWebhookSecret,
  searchTriggerEvents,
  updateWebhookSubscription,
  type WebhookVersion,
} from '@patchbay/contracts';
import { eventually, startWebhookReceiver, type ReceivedWebhook as Received } from '@patchbay/testing';
import { runTriggers, type RunningTriggers } from '../../test/running-triggers.js';

import { EventsService } from '../events/index.js';

let on: RunningTriggers;
/** Every receiver of this file listens on the loopback. */
beforeAll(async () => {
  on = await runTriggers({
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: '127.0.0.1=webhooks',
    PATCHBAY_WEBHOOK_RETRY_SECONDS: '0.1,0.1,0.1',
    PATCHBAY_WEBHOOK_TIMEOUT_SECONDS: '1',
    PATCHBAY_WEBHOOK_CONCURRENCY: '8',
  });
});
afterAll(() => on?.stop());

const instanceOf = (projectId: string) => ({
  id: newId('triggerInstance'),
  projectId,
  userId: 'ann',
  connectionId: 'ca_1',
  authConfigId: 'ac_1',
  triggerSlug: 'GITHUB_COMMIT_EVENT',
  toolkitSlug: 'github',
});
const happen = (instance: ReturnType<typeof instanceOf>, ...keys: string[]) =>
  on.app.get(EventsService).accept({
    instance,
    events: keys.map((providerEventId) => ({
      providerEventId,
      at: new Date('2026-01-01T10:00:00Z'),
      payload: { key: providerEventId },
    })),
  });

async function subscribed(version: WebhookVersion = 'V3') {
  const projectId = newId('project');
  const receiver = await startWebhookReceiver();
  const subscription = await on.bus.request(createWebhookSubscription, {
    projectId,
    url: receiver.url,
    version,
    enabledEvents: ['composio.trigger.message'],
  });
  const reread = () => on.bus.request(getWebhookSubscription, { projectId, id: subscription.id });
  return { projectId, receiver, subscription, reread, instance: instanceOf(projectId) };
}

const idOf = ({ headers }: Received) => String(headers['webhook-id']);
function isSignedBy(secret: string, { headers, body }: Received): boolean {
  const signed = `${idOf({ headers, body, path: '' })}.${String(headers['webhook-timestamp'])}.${body}`;
  const signature = createHmac('sha256', secret).update(signed).digest('base64');
  return headers['webhook-signature'] === `v1,${signature}`;
}
const delivery = (projectId: string, id: string) => on.bus.request(getDelivery, { projectId, id });
const untilState = (projectId: string, id: string, state: string) =>
  eventually(async () => {
    const found = await delivery(projectId, id);
    expect(found.state).toBe(state);
    return found;
  });

describe('a delivery', () => {
  it('is what happened, signed, once, however often the provider tells it', async () => {
    const { projectId, receiver, subscription, instance } = await subscribed();
    const first = await happen(instance, 'a', 'b');
    expect(await happen(instance, 'b', 'c')).toMatchObject({ repeated: 1 });
    const received = await receiver.until((all) => all.length >= 3);
    expect(new Set(received.map(idOf)).size).toBe(3);
    for (const one of received) {
      expect(isSignedBy(subscription.secret, one)).toBe(true);
      expect(one.headers).toMatchObject({
        'content-type': 'application/json',
        'x-composio-webhook-version': 'V3',
        'x-composio-delivery-attempt': '1',
      });
      expect((JSON.parse(one.body) as { id: string }).id).toBe(idOf(one));
    }
    const [eventId = ''] = first.accepted;
    const told = received.find(({ body }) => body.includes(eventId));
    expect(JSON.parse(told?.body ?? '')).toEqual({
      id: `msg_${eventId.slice(4)}`,
      timestamp: '2026-01-01T10:00:00.000Z',
      type: 'composio.trigger.message',
      metadata: {
        log_id: eventId,
        trigger_slug: 'GITHUB_COMMIT_EVENT',
        trigger_id: instance.id,
        connected_account_id: 'ca_1',
        auth_config_id: 'ac_1',
        user_id: 'ann',
      },
      data: { key: 'a' },
    });
    const done = await untilState(projectId, idOf(told!), 'delivered');
    expect(done).toMatchObject({ attempts: 1, status: 200, error: null, body: told?.body });
    expect(done.attemptList).toEqual([
      expect.objectContaining({ number: 1, status: 200, url: receiver.url, version: 'V3', error: null }),
    ]);
    await receiver.close();
  });

  it('is tried again under the same id, signed anew, until it arrives, and the subscription shows it', async () => {
    const { projectId, receiver, subscription, reread, instance } = await subscribed('V1');
    let answers = 0;
    receiver.answerWith(() => {
      answers += 1;
      return answers < 3
        ? { status: 500, body: 'no\0thing', headers: { 'set-cookie': 'a=b' } }
        : { status: 204 };
    });
    await happen(instance, 'a');
    await receiver.until((all) => all.length === 1);
    const failing = await eventually(async () => {
      const now = await reread();
      expect(now.state).not.toBe('active');
      return now;
    });
    expect(failing).toMatchObject({ state: 'failing', lastError: 'The endpoint answered 500.' });
    const received = await receiver.until((all) => all.length === 3);
    expect(new Set(received.map(idOf)).size).toBe(1);
    expect(received.map(({ headers }) => headers['x-composio-delivery-attempt'])).toEqual(['1', '2', '3']);
    expect(received.every((one) => isSignedBy(subscription.secret, one))).toBe(true);
    const done = await untilState(projectId, idOf(received[0]!), 'delivered');
    expect(done.attemptList.map(({ status, error }) => [status, error])).toEqual([
      [500, 'The endpoint answered 500.'],
      [500, 'The endpoint answered 500.'],
      [204, null],
    ]);
    expect(done.attemptList[0]).toMatchObject({ responseBody: 'no\uFFFDthing' });
    expect(done.attemptList[0]?.responseHeaders).not.toHaveProperty('set-cookie');
    expect(await reread()).toMatchObject({ state: 'active', failingSince: null, lastError: null });
    await receiver.close();
  });

  it('is given up when the schedule is over, and sent again when it is asked for', async () => {
    const { projectId, receiver, instance } = await subscribed();
    receiver.answerWith(() => ({ status: 302, headers: { location: '/elsewhere' } }));
    const { accepted } = await happen(instance, 'a');
    const received = await receiver.until((all) => all.length === 4);
    const messageId = idOf(received[0]!);
    const failed = await untilState(projectId, messageId, 'failed');
    expect(failed).toMatchObject({ attempts: 4, status: 302, nextAttemptAt: null });
    expect(received.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook', '/hook']);
    receiver.answerWith(() => ({ status: 200 }));
    const again = await on.bus.request(resendDelivery, { projectId, id: accepted[0]! });
    expect(again).toMatchObject({ id: messageId, state: 'waiting' });
    await receiver.until((all) => all.length === 5);
    expect(await untilState(projectId, messageId, 'delivered')).toMatchObject({ attempts: 5 });
    const list = await on.bus.request(listDeliveries, { projectId, states: ['delivered'] });
    expect(list.items.map(({ id }) => id)).toEqual([messageId]);
    await receiver.close();
  });

  it('ends at a 410: the subscription is stopped until it is changed', async () => {
    const { projectId, receiver, subscription, reread, instance } = await subscribed();
    receiver.answerWith(() => ({ status: 410 }));
    await happen(instance, 'a');
    await eventually(async () => expect((await reread()).state).toBe('stopped'));
    const { accepted } = await happen(instance, 'b');
    expect(receiver.received).toHaveLength(1);
    const [event = ''] = accepted;
    await expect(on.bus.request(resendDelivery, { projectId, id: event })).rejects.toMatchObject({
      code: 'conflict',
    });
    receiver.answerWith(() => ({ status: 200 }));
    const changed = await on.bus.request(updateWebhookSubscription, {
      projectId,
      id: subscription.id,
      changes: { url: `${receiver.url}/new` },
    });
    expect(changed.state).toBe('active');
    await on.bus.request(resendDelivery, { projectId, id: event });
    const received = await receiver.until((all) => all.length === 2);
    expect(received[1]?.path).toBe('/hook/new');
    await receiver.close();
  });

  it('that ends while its subscription is deleted waits for that, and does not have it wait in turn', async () => {
    const { projectId, receiver, subscription, instance } = await subscribed();
    // Its outcome is written when the time for an answer is over.
    receiver.answerWith(() => 'hang');
    await happen(instance, 'a');
    await receiver.until((all) => all.length === 1);
    const database = on.app.get(DataSource);
    await database.transaction(async (manager) => {
      await manager.query('SELECT 1 FROM webhook_subscriptions WHERE id = $1 FOR UPDATE', [subscription.id]);
      const [self] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      const waiting = `SELECT 1 FROM pg_stat_activity
        WHERE query LIKE '%failing_since%' AND $1 = ANY(pg_blocking_pids(pid))`;
      // From another connection: a transaction sees the activity of one moment.
      await eventually(async () => expect(await database.query(waiting, [self?.pid])).not.toEqual([]));
      await manager.query("SET LOCAL lock_timeout = '300ms'");
      await manager.query('DELETE FROM webhook_subscriptions WHERE id = $1', [subscription.id]);
    });
    expect((await on.bus.request(listDeliveries, { projectId })).items).toEqual([]);
    await receiver.close();
  });

  it('is not held up by endpoints that hang, though they are more than the places', async () => {
    const dead = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const one = await subscribed();
        one.receiver.answerWith(() => 'hang');
        await happen(one.instance, ...Array.from({ length: 50 }, (_, index) => `${index}`));
        await one.receiver.until((all) => all.length > 0);
        return one;
      }),
    );
    const quick = await subscribed();
    await happen(quick.instance, ...Array.from({ length: 100 }, (_, index) => `${index}`));
    await quick.receiver.until((all) => all.length === 100);
    expect(new Set(quick.receiver.received.map(idOf)).size).toBe(100);
    // The dead ones have not even been tried once each.
    for (const { receiver } of dead) expect(receiver.received.length).toBeLessThan(50);
    await Promise.all([...dead, quick].map(({ receiver }) => receiver.close()));
  });

  it('is signed by the new secret alone once it is rotated, and the old one lies nowhere', async () => {
    const { projectId, receiver, subscription, instance } = await subscribed('V2');
    const { secret } = await on.bus.request(rotateWebhookSecret, { projectId, id: subscription.id });
    expect(secret).toMatch(/^whsec_/);
    expect(secret).not.toBe(subscription.secret);
    await happen(instance, 'a');
    const [one] = await receiver.until((all) => all.length === 1);
    expect(isSignedBy(secret, one!)).toBe(true);
    expect(isSignedBy(subscription.secret, one!)).toBe(false);
    const rows = JSON.stringify(await on.sql('SELECT * FROM triggers.webhook_subscriptions'));
    expect(rows).not.toContain(secret);
    expect(rows).not.toContain('whsec_');
    await receiver.close();
  });
});

describe('events', () => {
  it('are read in order from where a reader was, also by one who has seen none', async () => {
    const projectId = newId('project');
    const instance = instanceOf(projectId);
    expect(await on.bus.request(listTriggerEvents, { projectId })).toMatchObject({ items: [], last: null });
    const { accepted } = await happen(instance, 'a', 'b', 'c');
    const { last } = await on.bus.request(listTriggerEvents, { projectId });
    expect(last).toBe(accepted[2]);
    const rest = await on.bus.request(listTriggerEvents, { projectId, after: accepted[0]!, limit: 1 });
    expect(rest).toMatchObject({ last: accepted[1], hasMore: true, isGap: false });
    const gone = await on.bus.request(listTriggerEvents, { projectId, after: 'log_gone' });
    expect(gone).toMatchObject({ isGap: true, hasMore: false });
    expect(gone.items.map(({ id }) => id)).toEqual(accepted);
    const found = await on.bus.request(searchTriggerEvents, {
      projectId,
      search: '"KEY":"b"',
      withData: true,
    });
    expect(found.items).toEqual([expect.objectContaining({ id: accepted[1], data: { key: 'b' } })]);
  });

  it('are stored with what their caller stores, or not at all', async () => {
    const projectId = newId('project');
    const service = on.app.get(EventsService);
    const store = (fails: boolean) =>
      on.dataSource.transaction(async (manager) => {
        const events = [{ providerEventId: 'a', at: new Date(), payload: {} }];
        await service.accept({ instance: instanceOf(projectId), events, manager });
        if (fails) throw new Error('no cursor');
      });
    await expect(store(true)).rejects.toThrow('no cursor');
    expect((await on.bus.request(searchTriggerEvents, { projectId })).items).toHaveLength(0);
    await store(false);
    expect((await on.bus.request(searchTriggerEvents, { projectId })).items).toHaveLength(1);
  });

  it('keep what a database could choke on, and are clipped when they are too large', async () => {
    const projectId = newId('project');
    const payload = { nul: '\0', half: '\ud800', long: 'x'.repeat(300_000), id: 7 };
    const events = [{ providerEventId: 'x'.repeat(5_000), at: new Date(), payload }];
    await on.app.get(EventsService).accept({ instance: instanceOf(projectId), events });
    const { items } = await on.bus.request(searchTriggerEvents, { projectId, withData: true });
    expect(items[0]).toMatchObject({ isClipped: true, data: { nul: '\0', id: 7 } });
    expect(String(items[0]?.data['long'])).toHaveLength(16_384);
  });
});
