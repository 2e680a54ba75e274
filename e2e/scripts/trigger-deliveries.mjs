/**
 * `node e2e/scripts/trigger-deliveries.mjs [--seconds 60] [--rate 1000] [--only triggers,nats,…] [--no-kills] [--backlog 0]`:
 * events come at a rate, for a quick endpoint and for one that hangs, while every service, NATS and Postgres are killed with
 * SIGKILL in turn and started again; two replicas of triggers share the work. Most events are stored by a process of its own;
 * a few come as they do in life, pushed by a provider to the gateway and polled from it. Then it compares what came with
 * what the quick endpoint was sent, and says how fast. With a backlog so many events wait before, and it is said how fast
 * they are delivered, and with how much CPU. Everything is on loopback and stops by itself. Exit code 1 when an event was not
 * delivered, or under two ids.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serviceNames, startPlatform } from '@patchbay/local';
import { createTestHome, runSql, startWebhookReceiver } from '@patchbay/testing';
import { cpuBetween, cpuOf } from '../../bench/cpu.mjs';
import { newInstance, startProducer } from './event.producer.mjs';
import { connectTicking, startTickingProvider } from './ticking.provider.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '1000' },
    only: { type: 'string', default: ['postgres', 'nats', ...serviceNames].toReversed().join(',') },
    'no-kills': { type: 'boolean', default: false },
    backlog: { type: 'string', default: '0' },
  },
});
const seconds = Number(values.seconds);
const rate = Number(values.rate);
const backlog = Number(values.backlog);
const parts = values['no-kills'] ? [] : values.only.split(',');

/** Events come in as many at once: a poll or a burst brings several. */
const TOGETHER = 20;
/** Of those for the endpoint that hangs. */
const HANGING_SHARE = 0.1;
/** How often one is pushed, and one put where it is polled. */
const OUTSIDE_MS = 100;
const DELIVERED_LIMIT_MS = 180_000;

const home = await createTestHome();
const quick = await startWebhookReceiver();
const hanging = await startWebhookReceiver(() => 'hang');
const provider = await startTickingProvider();
const platform = await startPlatform({
  home,
  env: {
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: `127.0.0.1=webhooks,${new URL(provider.url).host}`,
    PATCHBAY_WEBHOOK_RETRY_SECONDS: '0.5,1,2,5,10,20,30,60',
    PATCHBAY_TOOLKITS_MODULE: await provider.writeToolkits(home),
    PATCHBAY_TRIGGER_WEBHOOKS: 'on',
    PATCHBAY_LIMIT_PROJECT: '0',
    PATCHBAY_LIMIT_USER: '0',
  },
});
const producer = await startProducer(platform.postgres.url);
/** Of triggers: killed in turn, so that the one that holds the leases is among them. */
const replicas = [];
try {
  replicas.push(platform.services.triggers, await platform.startReplica('triggers'));
  const quickProject = await subscribed('quick', quick.url);
  const good = newInstance(quickProject.id);
  const bad = newInstance((await subscribed('hanging', hanging.url)).id);
  await watchOutside(quickProject);
  if (backlog > 0) await catchUp(good, bad);
  const began = performance.now();
  const producing = Promise.all([produceFor(good, bad), happenOutside()]);
  const kills = await killInTurn(began);
  const keys = (await producing).flat();
  await delivered(keys);
  process.exitCode = report(keys, kills, (performance.now() - began) / 1_000) ? 0 : 1;
} finally {
  await producer.stop();
  await platform.stop();
  provider.close();
  await Promise.all([quick.close(), hanging.close()]);
  if (process.exitCode === 0) await rm(home, { recursive: true, force: true });
  else console.log(`What the platform logged is in ${home}/logs`);
}

async function post(path, headers, body) {
  const response = await fetch(`${platform.baseUrl}/api/v3.1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** A project whose events go there. @returns its id, and what posts with its key */
async function subscribed(name, url) {
  const project = await post(
    '/org/owner/project/new',
    { 'x-org-api-key': platform.orgApiKey },
    { name, should_create_api_key: true },
  );
  const api = (path, body) => post(path, { 'x-api-key': project.api_key }, body);
  await api('/webhook_subscriptions', {
    webhook_url: url,
    enabled_events: ['composio.trigger.message'],
  });
  return { id: project.id, api };
}

/** One trigger that is pushed and one that is polled, each second and not each minute. */
async function watchOutside({ api }) {
  const given = { connected_account_id: await connectTicking(api), trigger_config: { feed: 'one' } };
  await api('/trigger_instances/TICKING_PUSH/upsert', given);
  await api('/trigger_instances/TICKING_ITEM/upsert', given);
  await runSql(platform.postgres.url, 'UPDATE triggers.trigger_instances SET interval_seconds = 1');
  // The first look only finds out where it begins.
  while (!provider.polls.has('one')) await delay(50);
  await delay(1_000);
}

/** What so many events need that wait already: nobody delivers while they are made. */
async function catchUp(good, bad) {
  for (const replica of replicas) await replica.stop();
  for (let made = 0; made < backlog; made += 200) {
    const keys = Array.from({ length: 200 }, (_, index) => `waiting-${made + index}`);
    await Promise.all([producer.produce(good, keys), producer.produce(bad, keys.slice(0, 20))]);
  }
  for (const replica of replicas) await replica.start();
  await platform.untilReady();
  const pids = {
    'this script': process.pid,
    postgres: platform.postgres.pid,
    triggers: replicas[0].pid,
    'triggers, the other': replicas[1].pid,
  };
  await quick.until((all) => all.length > 0);
  const before = { at: performance.now(), had: quick.received.length, cpu: cpuOf(pids) };
  await quick.until((all) => all.length >= backlog);
  const took = performance.now() - before.at;
  const came = quick.received.length - before.had;
  console.log(`${backlog} waited: ${Math.round((came / took) * 1_000)} a second were delivered`);
  for (const [name, ms] of Object.entries(cpuBetween(before.cpu, cpuOf(pids)))) {
    console.log(`${name}: ${(ms / came).toFixed(2)} ms of CPU each, ${(ms / took).toFixed(2)} cores`);
  }
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

/** @returns the keys of what a provider pushed, and of what is polled from it */
async function happenOutside() {
  const keys = [];
  const pushing = [];
  for (const until = performance.now() + seconds * 1_000; performance.now() < until;) {
    const number = pushing.length;
    pushing.push(provider.push('one', number, `pushed-${number}`));
    provider.tick('one', `polled-${number}`);
    keys.push(`pushed-${number}`, `polled-${number}`);
    await delay(OUTSIDE_MS);
  }
  const times = await Promise.all(pushing);
  console.log(`${times.filter((count) => count > 1).length} of ${times.length} pushes had to come again`);
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
  const areMissing = () => {
    const ids = idsByKey();
    return keys.some((key) => !ids.has(key));
  };
  while (Date.now() < deadline && areMissing()) await delay(500);
}

function idsByKey() {
  const found = new Map();
  for (const { headers, body } of quick.received) {
    const { key, text } = JSON.parse(body).data;
    found.set(key ?? text, (found.get(key ?? text) ?? new Set()).add(headers['webhook-id']));
  }
  return found;
}

function report(keys, kills, took) {
  const ids = idsByKey();
  const lost = keys.filter((key) => !ids.has(key));
  const twofold = [...ids.values()].filter((all) => all.size > 1).length;
  const times = quick.received.length;
  console.log(`${kills.length} kills: ${kills.join(', ') || 'none'}`);
  console.log(`${keys.length} events in ${took.toFixed(1)} s: ${Math.round(keys.length / took)} a second`);
  console.log(`${lost.length} of ${keys.length} events were not delivered`);
  if (lost.length > 0) console.log(`among them ${lost.slice(0, 10).join(', ')}`);
  console.log(`${twofold} events came under two ids`);
  console.log(
    `${times - ids.size} deliveries came more than once, ${hanging.received.length} to the endpoint that hangs`,
  );
  return lost.length === 0 && twofold === 0;
}
