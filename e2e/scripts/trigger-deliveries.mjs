/**
 * `node e2e/scripts/trigger-deliveries.mjs [--seconds 60] [--rate 1000] [--only triggers,nats,postgres] [--no-kills]`:
 * events come at a rate, for a quick endpoint and for one that hangs, while services, NATS and Postgres are killed with
 * SIGKILL in turn and started again; two replicas of triggers share the work. Then it compares what came with what the
 * quick endpoint was sent, and says how fast. Everything is on loopback and stops by itself. Exit code 1 when an event was
 * not delivered, or under two ids.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startPlatform } from '@patchbay/local';
import { createTestHome, startWebhookReceiver } from '@patchbay/testing';
import { newInstance, startProducer } from './event.producer.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '1000' },
    only: { type: 'string', default: 'triggers,nats,postgres' },
    'no-kills': { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);
const parts = values['no-kills'] ? [] : values.only.split(',');

/** Events come in as many at once: a poll or a burst brings several. */
const TOGETHER = 20;
/** Of those for the endpoint that hangs. */
const HANGING_SHARE = 0.1;
const DELIVERED_LIMIT_MS = 180_000;

const home = await createTestHome();
const quick = await startWebhookReceiver();
const hanging = await startWebhookReceiver(() => 'hang');
const platform = await startPlatform({
  home,
  env: {
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: '127.0.0.1=webhooks',
    PATCHBAY_WEBHOOK_RETRY_SECONDS: '0.5,1,2,5,10,20,30,60',
  },
});
const producer = await startProducer(platform.postgres.url);
/** Of triggers: killed in turn, so that the one that holds the leases is among them. */
const replicas = [];
try {
  replicas.push(platform.services.triggers, await platform.startReplica('triggers'));
  const good = newInstance(await subscribed('quick', quick.url));
  const bad = newInstance(await subscribed('hanging', hanging.url));
  const began = performance.now();
  const producing = produceFor(good, bad);
  const kills = await killInTurn(began);
  const keys = await producing;
  await delivered(keys);
  process.exitCode = report(keys, kills, (performance.now() - began) / 1_000) ? 0 : 1;
} finally {
  await producer.stop();
  await platform.stop();
  await Promise.all([quick.close(), hanging.close()]);
  if (process.exitCode === 0) await rm(home, { recursive: true, force: true });
  else console.log(`What the platform logged is in ${home}/logs`);
}

/** A project whose events go there. @returns its id */
async function subscribed(name, url) {
  const post = async (path, headers, body) => {
    const response = await fetch(`${platform.baseUrl}/api/v3.1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const project = await post(
    '/org/owner/project/new',
    { 'x-org-api-key': platform.orgApiKey },
    { name, should_create_api_key: true },
  );
  await post(
    '/webhook_subscriptions',
    { 'x-api-key': project.api_key },
    { webhook_url: url, enabled_events: ['composio.trigger.message'] },
  );
  return project.id;
}

/** @returns the keys of all events of the good instance, when they are stored */
async function produceFor(good, bad) {
  const keys = [];
  const storing = new Set();
  const begin = (instance, given) => {
    const work = producer.produce(instance, given).finally(() => storing.delete(work));
    storing.add(work);
  };
  const until = performance.now() + seconds * 1_000;
  for (let next = performance.now(); next < until; next += (TOGETHER / rate) * 1_000) {
    const given = Array.from({ length: TOGETHER }, (_, index) => `event-${keys.length + index}`);
    keys.push(...given);
    begin(good, given);
    begin(bad, given.slice(0, TOGETHER * HANGING_SHARE));
    await delay(Math.max(0, next - performance.now()));
    // While Postgres is away they wait, and no more are made.
    if (storing.size > 200) await Promise.race(storing);
  }
  await Promise.all(storing);
  return keys;
}

async function killInTurn(began) {
  const done = [];
  const deadline = began + seconds * 1_000;
  while (parts.length > 0 && (performance.now() < deadline || done.length < parts.length)) {
    const part = parts[done.length % parts.length];
    const control = part === 'triggers' ? replicas.reverse()[0] : (platform.services[part] ?? platform[part]);
    await delay(1_000 + Math.random() * 1_000);
    await control.stop('SIGKILL');
    await delay(200 + Math.random() * 300);
    await control.start();
    await platform.untilReady();
    done.push(part);
  }
  return done;
}

async function delivered(keys) {
  const deadline = Date.now() + DELIVERED_LIMIT_MS;
  while (Date.now() < deadline && idsByKey().size < keys.length) await delay(50);
}

function idsByKey() {
  const found = new Map();
  for (const { headers, body } of quick.received) {
    const { key } = JSON.parse(body).data;
    found.set(key, (found.get(key) ?? new Set()).add(headers['webhook-id']));
  }
  return found;
}

function report(keys, kills, took) {
  const ids = idsByKey();
  const lost = keys.filter((key) => !ids.has(key)).length;
  const twofold = [...ids.values()].filter((all) => all.size > 1).length;
  const times = quick.received.length;
  console.log(`${kills.length} kills: ${kills.join(', ') || 'none'}`);
  console.log(`${keys.length} events in ${took.toFixed(1)} s: ${Math.round(keys.length / took)} a second`);
  console.log(`${lost} of ${keys.length} events were not delivered`);
  console.log(`${twofold} events came under two ids`);
  console.log(
    `${times - ids.size} deliveries came more than once, ${hanging.received.length} to the endpoint that hangs`,
  );
  return lost === 0 && twofold === 0;
}
