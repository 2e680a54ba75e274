/**
 * `node e2e/scripts/trigger-polls.mjs [--instances 10000] [--projects 10] [--seconds 180] [--replicas 1] [--kills 0]`:
 * makes instances that are polled each minute against a provider on this machine, and prints how late they were polled,
 * what it cost, and whether every event came once. Exit code 1 when an instance was polled later than an interval after it
 * was due, twice at once, or when an event is missing. With kills
 * `triggers` is killed with SIGKILL meanwhile.
 */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { serviceNames, startPlatform } from '@patchbay/local';
import { createTestHome, runSql } from '@patchbay/testing';
import { connectTicking, startTickingProvider } from './ticking.provider.mjs';

const { values } = parseArgs({
  options: {
    instances: { type: 'string', default: '10000' },
    projects: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '180' },
    replicas: { type: 'string', default: '1' },
    kills: { type: 'string', default: '0' },
    'at-once': { type: 'string', default: '64' },
  },
});
const [count, projectCount, seconds, replicas, kills, atOnce] = [
  values.instances,
  values.projects,
  values.seconds,
  values.replicas,
  values.kills,
  values['at-once'],
].map(Number);
const INTERVAL_MS = 60_000;

const home = await createTestHome();
const provider = await startTickingProvider();
const platform = await startPlatform({
  home,
  env: {
    PATCHBAY_TOOLKITS_MODULE: await provider.writeToolkits(home),
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: new URL(provider.url).host,
    PATCHBAY_LIMIT_PROJECT: '0',
    PATCHBAY_LIMIT_USER: '0',
  },
});
try {
  for (let index = 1; index < replicas; index += 1) await platform.startReplica('triggers');
  const projects = [];
  for (let index = 0; index < projectCount; index += 1) projects.push(await newProject(index));
  const madeAt = Date.now();
  const ids = await makeInstances(projects);
  console.log(`${ids.length} instances in ${projectCount} projects were made in ${secondsSince(madeAt)} s`);
  await untilPolled(count);
  const before = { cpu: cpuSeconds(), polls: provider.counts.polls, at: Date.now() };
  const [ticked] = await Promise.all([tickFor(seconds), killFor(seconds)]);
  const elapsed = (Date.now() - before.at) / 1_000;
  const after = cpuSeconds();
  const polls = provider.counts.polls - before.polls;
  // What ticked last is found an interval later.
  await delay(INTERVAL_MS * 1.2);
  const events = await storedEvents();
  const { latest, late } = lateness(before.at, before.at + elapsed * 1_000);
  console.log(`${polls} polls in ${elapsed.toFixed(0)} s: ${Math.round((polls / elapsed) * 60)} a minute`);
  console.log(
    `the latest came ${(latest / 1_000).toFixed(1)} s after it was due, ${late} later than an interval`,
  );
  console.log(`${provider.counts.mostAtOnce} at once at most, ${provider.counts.twiceAtOnce} twice at once`);
  if (kills > 0) console.log(`triggers was killed ${kills} times`);
  else
    for (const [name, spent] of Object.entries(after)) {
      console.log(`${name}: ${((spent - before.cpu[name]) / elapsed).toFixed(2)} cores`);
    }
  console.log(
    `${ticked} items ticked, ${String(events.all)} events were stored, ${String(events.distinct)} of them different`,
  );
  const isGood =
    late + provider.counts.twiceAtOnce === 0 && events.all === ticked && events.distinct === ticked;
  process.exitCode = isGood ? 0 : 1;
} finally {
  await platform.stop();
  provider.close();
  if (process.exitCode === 0) await rm(home, { recursive: true, force: true });
  else console.log(`What the platform logged is in ${home}/logs`);
}

async function newProject(index) {
  const body = { name: `polls-${index}`, should_create_api_key: true };
  const { id, api_key: apiKey } = await org('/org/owner/project/new', body);
  const connectionId = await connectTicking((path, given) => api(apiKey, path, given));
  return { id, apiKey, connectionId };
}

async function makeInstances(projects) {
  const ids = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      const { apiKey, connectionId } = projects[index % projects.length];
      const { trigger_id: id } = await api(apiKey, '/trigger_instances/TICKING_ITEM/upsert', {
        connected_account_id: connectionId,
        trigger_config: { feed: `feed-${index}` },
      });
      ids.push(id);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return ids;
}

async function untilPolled(wanted) {
  while (provider.polls.size < wanted) await delay(200);
}

/** A few feeds tick all the time. @returns how many items there were */
async function tickFor(howLong) {
  const until = Date.now() + howLong * 1_000;
  let ticked = 0;
  while (Date.now() < until) {
    provider.tick(`feed-${ticked % count}`, `item ${ticked}`);
    ticked += 1;
    await delay(100);
  }
  return ticked;
}

/** Spread over the time; each is started again by who watches over it. */
async function killFor(howLong) {
  for (let killed = 0; killed < kills; killed += 1) {
    await delay((howLong * 1_000) / (kills + 1));
    process.kill(platform.services.triggers.pid, 'SIGKILL');
  }
}

/** How long after an interval each came, between two moments. */
function lateness(from, to) {
  let latest = 0;
  let late = 0;
  for (const times of provider.polls.values()) {
    const seen = times.filter((time) => time <= to);
    seen.push(to);
    for (let index = 1; index < seen.length; index += 1) {
      if (seen[index] < from) continue;
      const by = seen[index] - seen[index - 1] - INTERVAL_MS;
      latest = Math.max(latest, by);
      if (by > INTERVAL_MS) late += 1;
    }
  }
  return { latest, late };
}

async function storedEvents() {
  const sql =
    'SELECT count(*)::int AS "all", count(DISTINCT (instance_id, source_key))::int AS "distinct" FROM triggers.events';
  return (await runSql(platform.postgres.url, sql))[0];
}

/** Of each service so far, from the system. */
function cpuSeconds() {
  const spent = {};
  for (const name of serviceNames) {
    const { pid } = platform.services[name];
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    spent[name] = (Number(fields[11]) + Number(fields[12])) / 100;
  }
  return spent;
}

function org(path, body) {
  return send(path, { 'x-org-api-key': platform.orgApiKey }, body);
}

function api(apiKey, path, body) {
  return send(path, { 'x-api-key': apiKey }, body);
}

async function send(path, headers, body) {
  const response = await fetch(`${platform.baseUrl}/api/v3.1${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

function secondsSince(at) {
  return ((Date.now() - at) / 1_000).toFixed(1);
}
