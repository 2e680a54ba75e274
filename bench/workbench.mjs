// What a sandbox costs beside plain processes, in one run: `node bench/workbench.mjs --rounds 30`.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestPlatform } from '@patchbay/testing';
import { quantile } from './statistics.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' } } });
const rounds = Number(values.rounds);
const PYTHON = '/usr/bin/python3';
const BARE =
  '--unshare-all --ro-bind /usr /usr --symlink usr/lib /lib --symlink usr/lib64 /lib64 --proc /proc'.split(
    ' ',
  );

const started = await startTestPlatform({ PATCHBAY_WORKBENCH_WARM: '0' });
const { platform } = started;
try {
  const session = await openSession();
  await run(session, '1 + 1');
  const figures = { python: [], bubblewrap: [], warm: [], cold: [], platform: [] };
  for (let round = 0; round < rounds; round += 1) {
    figures.python.push(await timed(() => firstOutput(PYTHON, ['-c', 'print(1 + 1)'])));
    figures.bubblewrap.push(await timed(() => firstOutput('bwrap', [...BARE, PYTHON, '-c', 'print(1 + 1)'])));
    figures.platform.push(await timed(() => execute(session, 'TIME_GET_CURRENT_TIME', { timezone: 'UTC' })));
    figures.warm.push(await timed(() => run(session, `${round} + 1`)));
    const fresh = await openSession();
    figures.cold.push(await timed(() => run(fresh, '1 + 1')));
    await call('DELETE', `/tool_router/session/${fresh}`);
  }
  while (childrenOf(platform.services.workbench.pid).length > 1) await delay(50);
  const idle = idleMemory();
  print('python3 -c, to its output', figures.python);
  print('bubblewrap + python3, to its output', figures.bubblewrap);
  print('a tool without a provider, by the API', figures.platform);
  print('a warm cell, by the API', figures.warm);
  print('the first cell of a session, nothing warm, by the API', figures.cold);
  console.log(`memory of an idle session's sandbox: ${idle.toFixed(1)} MB`);
} finally {
  await started.stop();
}

function print(title, samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share) => quantile(sorted, share).toFixed(1);
  console.log(`${title}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
}

async function timed(work) {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

async function firstOutput(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  await once(child, 'close');
}

async function call(method, path, body) {
  const headers = { 'x-api-key': platform.apiKey, 'content-type': 'application/json' };
  const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`${platform.baseUrl}/api/v3.1${path}`, request);
  const answer = await response.json();
  if (!response.ok || (body && answer.error)) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer;
}

async function openSession() {
  return (await call('POST', '/tool_router/session', { user_id: 'bench' })).session_id;
}

function execute(id, tool, given) {
  return call('POST', `/tool_router/session/${id}/execute`, { tool_slug: tool, arguments: given });
}

function run(id, code) {
  return execute(id, 'COMPOSIO_REMOTE_WORKBENCH', { code_to_execute: code });
}

/** Of all processes of the one sandbox that is left; what they share with others is counted in parts. */
function idleMemory() {
  const below = (pid) => [pid, ...childrenOf(pid).flatMap(below)];
  const [, ...pids] = below(platform.services.workbench.pid);
  const kilobytes = (pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  return pids.reduce((sum, pid) => sum + kilobytes(pid), 0) / 1024;
}

function childrenOf(pid) {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}
