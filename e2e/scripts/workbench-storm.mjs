/**
 * `node e2e/scripts/workbench-storm.mjs [--calls 1000] [--sessions 50] [--kills 20] [--restarts 3]`: runs code in many
 * sessions at once while sandboxes and the workbench itself are killed at random, and prints what came of it. Exit code
 * 1 when a call stayed without an answer, or when a process or a folder was left behind.
 */
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ApiError, Patchbay } from '@patchbay/client';
import { startTestPlatform } from '@patchbay/testing';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000' },
    sessions: { type: 'string', default: '50' },
    kills: { type: 'string', default: '20' },
    restarts: { type: 'string', default: '3' },
  },
});
const [calls, sessionCount, kills, restarts] = [
  values.calls,
  values.sessions,
  values.kills,
  values.restarts,
].map(Number);
const AGAIN_MS = 500;
const GIVE_UP_MS = 120_000;
const CGROUPS = ['/sys/fs/cgroup/memory/patchbay-workbench', '/sys/fs/cgroup/patchbay-workbench'];

const started = await startTestPlatform();
const { platform } = started;
const patchbay = new Patchbay({ baseUrl: platform.baseUrl, apiKey: platform.apiKey });
const counts = { answered: 0, right: 0, failed: 0, unanswered: 0, repeats: 0, killed: 0, restarted: 0 };
/** Why calls failed, and how many for each reason. */
const reasons = new Map();
const services = new Set();
const seen = new Set();
let isOver = false;
try {
  const groupsBefore = groups();
  const sessions = await Promise.all(Array.from({ length: sessionCount }, () => openSession()));
  const storm = Promise.all([killSandboxes(), killService()]);
  const share = Math.ceil(calls / sessionCount);
  await Promise.all(sessions.map((session) => callMany(session, share)));
  isOver = true;
  await storm;
  await platform.untilReady();
  await Promise.all(sessions.map((session) => session.delete()));
  const folders = await settled(() => keptFolders(sessions.map(({ id }) => id)).length);
  await platform.stop();
  const processes = await settled(() => sandboxes().length);
  const left = await settled(() => groups().filter((name) => !groupsBefore.includes(name)).length);
  console.log(
    `${counts.answered} answered of ${share * sessionCount} calls: ${counts.right} right, ${counts.failed} failed saying why, ${counts.unanswered} without an answer`,
  );
  console.log(
    `${counts.killed} sandboxes and ${counts.restarted} times the service were killed, ${counts.repeats} calls were repeated`,
  );
  console.log(`${processes} processes, ${folders} folders and ${left} control groups were left behind`);
  for (const [reason, count] of reasons) console.log(`${count} failed: ${reason}`);
  if (counts.unanswered + processes + folders + left > 0) process.exitCode = 1;
} finally {
  isOver = true;
  await started.stop();
}

function openSession() {
  return patchbay.sessions.create({ user_id: 'storm', toolkits: { enable: ['time'] } });
}

async function callMany(session, count) {
  for (let index = 0; index < count; index += 1) await callOnce(session, index);
}

/** As a careful client: what says that it may be repeated is repeated, everything else is an answer. */
async function callOnce(session, index) {
  const code_to_execute = `open("/mnt/files/n.txt", "w").write("${index}")\n${index} * 2`;
  const until = Date.now() + GIVE_UP_MS;
  while (Date.now() < until) {
    const { result, error } = await session
      .execute('COMPOSIO_REMOTE_WORKBENCH', { code_to_execute })
      .then((result) => ({ result }))
      .catch((error) => ({ error }));
    if (result || (error instanceof ApiError && !isBusy(error))) {
      counts.answered += 1;
      if (result?.data.results === String(index * 2)) counts.right += 1;
      else if (result) fail(200, result.error);
      else fail(error.status, error.message);
      return;
    }
    counts.repeats += 1;
    await delay(AGAIN_MS);
  }
  counts.unanswered += 1;
}

function fail(status, said) {
  counts.failed += 1;
  const reason = `${status} ${String(said).split('\n').at(-1).slice(0, 120)}`;
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}

/** While the service is away its tools are not offered. */
function isBusy({ status, suggestion = '' }) {
  return status === 503 || status === 429 || (status === 400 && suggestion.includes('There is no workbench'));
}

async function killSandboxes() {
  while (!isOver && counts.killed < kills) {
    await delay(randomInt(100, 400));
    const running = sandboxes();
    if (running.length === 0) continue;
    try {
      process.kill(running[randomInt(running.length)], 'SIGKILL');
      counts.killed += 1;
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

async function killService() {
  while (!isOver && counts.restarted < restarts) {
    await delay(randomInt(1_000, 3_000));
    const { pid } = platform.services.workbench;
    if (!pid || isOver) continue;
    process.kill(pid, 'SIGKILL');
    counts.restarted += 1;
  }
}

/** Of sandboxes, the processes that the workbench started; once seen they are ours even when it is gone. */
function sandboxes() {
  services.add(platform.services.workbench.pid);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]?.endsWith('bwrap')) return false;
        const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
        if (services.has(parent) || seen.has(parent)) seen.add(pid);
        return seen.has(pid);
      } catch {
        return false;
      }
    });
}

function groups() {
  return CGROUPS.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && [...services].some((pid) => entry.name.startsWith(`${pid}-`)))
      .map(({ name }) => name),
  );
}

function keptFolders(sessions) {
  const root = `${platform.home}/files/kept/projects`;
  if (!existsSync(root)) return [];
  return readdirSync(root).flatMap((project) => {
    const folder = `${root}/${project}/sessions`;
    return existsSync(folder) ? readdirSync(folder).filter((name) => sessions.includes(name)) : [];
  });
}

/** What is being removed may take a moment. */
async function settled(count) {
  for (let look = 0; look < 100 && count() > 0; look += 1) await delay(100);
  return count();
}
