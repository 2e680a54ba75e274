/**
 * `node e2e/scripts/kills.mjs [--seconds 120 | --all] [--at-once 50] [--only tools,nats] [--no-pairs]`: calls a
 * tool without pause while every service, NATS and Postgres are killed with SIGKILL, one at a time and in pairs,
 * and started again: as many as fit into the time and each alone at least once, or all of them. Then it compares
 * what the provider saw and what the client was told with the record.
 * Everything is on loopback and stops by itself. Exit code 1 when a count that must be 0 is not.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Patchbay } from '@patchbay/client';
import { serviceNames, startPlatform } from '@patchbay/local';
import { createTestHome, followLink, writeOverrides } from '@patchbay/testing';
import { startCountingProvider } from './counting.provider.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    all: { type: 'boolean', default: false },
    'at-once': { type: 'string', default: '50' },
    only: { type: 'string', default: [...serviceNames, 'nats', 'postgres'].join(',') },
    'no-pairs': { type: 'boolean', default: false },
  },
});
const seconds = values.all ? 0 : Number(values.seconds);
const atOnce = Number(values['at-once']);
const parts = values.only.split(',');

/** A call that is not answered any more must not hold its caller for long. */
const CALL_LIMIT_MS = 15_000;
const RECORD_LIMIT_MS = 120_000;
/** A caller whose platform is away asks again after a moment, as a client would that heeds `retry-after`. */
const AFTER_REFUSAL_MS = 100;

const home = await createTestHome();
const provider = await startCountingProvider();
const platform = await startPlatform({ home, env: await settings() });
const told = { calls: 0, succeeded: new Set() };
let isOver = false;
try {
  const session = await openSession();
  const load = Array.from({ length: atOnce }, () => callUntilOver(session));
  const kills = await killInTurn(Date.now() + seconds * 1_000);
  isOver = true;
  await Promise.all(load);
  await platform.untilReady();
  process.exitCode = report(await untilRecorded(), kills) ? 0 : 1;
} finally {
  isOver = true;
  await platform.stop();
  provider.close();
  if (process.exitCode === 0) await rm(home, { recursive: true, force: true });
  else console.log(`What the platform logged is in ${home}/logs`);
}

async function settings() {
  const github = {
    base_url: provider.url,
    oauth2: {
      client_id: 'app',
      client_secret: 'secret',
      authorization_url: `${provider.url}/authorize`,
      token_url: `${provider.url}/token`,
    },
  };
  return {
    PATCHBAY_TOOLKIT_OVERRIDES: await writeOverrides(home, { github }),
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: new URL(provider.url).host,
    LOG_LEVEL: 'warn',
    // One user calls as many do.
    PATCHBAY_LIMIT_PROJECT: '0',
    PATCHBAY_LIMIT_USER: '0',
  };
}

/** A session with an account that was connected as an app and its user's browser would. */
async function openSession() {
  const { baseUrl, apiKey } = platform;
  const patchbay = new Patchbay({ baseUrl, apiKey, timeoutMs: CALL_LIMIT_MS });
  const opened = await patchbay.sessions.create({ user_id: 'kills', toolkits: { enable: ['github'] } });
  const link = await opened.link('github');
  await followLink(link.redirect_url);
  return opened;
}

async function callUntilOver(session) {
  while (!isOver) {
    told.calls += 1;
    const id = `call-${told.calls}`;
    const isGood = await callOnce(session, id).catch(() => false);
    if (isGood) told.succeeded.add(id);
    else await delay(AFTER_REFUSAL_MS);
  }
}

async function callOnce(session, id) {
  const { error } = await session.execute('GITHUB_GET_A_REPOSITORY', { owner: 'kills', repo: id });
  return error === null;
}

/** Each alone, then each with every other: all of them, or for as long as there is time and each alone at least once. */
async function killInTurn(deadline) {
  const alone = parts.map((part) => [part]);
  const pairs = values['no-pairs']
    ? []
    : parts.flatMap((part, index) => parts.slice(index + 1).map((other) => [part, other]));
  const rounds = [...alone, ...pairs];
  const done = [];
  const wanted = values.all ? rounds.length : alone.length;
  for (const round of rounds) {
    if (Date.now() > deadline && done.length >= wanted) break;
    const controls = round.map((part) => platform.services[part] ?? platform[part]);
    await Promise.all(controls.map((control) => control.stop('SIGKILL')));
    await delay(200 + Math.random() * 300);
    await Promise.all(controls.map((control) => control.start()));
    await platform.untilReady();
    // Some load on the whole platform before the next is killed.
    await delay(500);
    done.push(round.join('+'));
    if (values.all) console.error(`${done.length} of ${rounds.length}: ${done.at(-1)}`);
  }
  while (Date.now() < deadline) await delay(100);
  return done;
}

/** The record's rows by the call's own id, once every call that reached the provider is there and has its end. */
async function untilRecorded() {
  const deadline = Date.now() + RECORD_LIMIT_MS;
  for (;;) {
    const rows = await recordedCalls().catch(() => new Map());
    const isComplete =
      [...provider.calls.keys()].every((id) => rows.has(id)) &&
      [...told.succeeded].every((id) => rows.get(id)?.[0] === 'success');
    if (isComplete || Date.now() > deadline) return rows;
    await delay(1_000);
  }
}

async function recordedCalls() {
  const rows = new Map();
  const response = await fetch(`${platform.baseUrl}/api/v3.1/logs/tool_execution/export`, {
    headers: { 'x-api-key': platform.apiKey },
  });
  for (const line of (await response.text()).trimEnd().split('\n')) {
    const { status, data } = JSON.parse(line);
    const id = data.request.repo;
    if (id) rows.set(id, [...(rows.get(id) ?? []), status]);
  }
  return rows;
}

function report(rows, kills) {
  const reached = [...provider.calls.keys()];
  const missing = reached.filter((id) => !rows.has(id));
  const wrong = [...told.succeeded].filter((id) => rows.get(id)?.[0] !== 'success');
  const twice = [...rows].filter(([, statuses]) => statuses.length > 1);
  console.log(`${kills.length} rounds of kills: ${kills.join(' ')}`);
  console.log(
    `${told.calls} calls, ${told.succeeded.size} told to have succeeded, ${rows.size} on the record`,
  );
  console.log(`${missing.length} of ${reached.length} calls that reached the provider have no row`);
  console.log(`${wrong.length} of ${told.succeeded.size} calls that succeeded are not recorded as succeeded`);
  console.log(`${twice.length} calls are recorded twice`);
  if (missing.length > 0) console.log(`without a row: ${missing.slice(0, 5).join(' ')}`);
  if (wrong.length > 0) console.log(`not as succeeded: ${wrong.slice(0, 5).join(' ')}`);
  return missing.length + wrong.length + twice.length === 0 && told.succeeded.size > 0;
}
