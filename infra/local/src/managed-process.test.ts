import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { isAlive } from '../preflight.mjs';
import { root } from './config.js';
import { ManagedProcess, type ProcessSpec } from './managed-process.js';
import { supervise } from './supervisor.js';
import { waitUntil } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'patchbay-process-test-'));
const started: ManagedProcess[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((child) => child.stop('SIGKILL')));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A process of ours that runs the script, and then goes on living. */
function processOf(script: string, spec: Partial<ProcessSpec> = {}): ManagedProcess {
  const child = new ManagedProcess({
    name: 'child',
    command: process.execPath,
    args: ['-e', `${script}; setInterval(() => {}, 1000)`],
    cwd: folder,
    env: {},
    logFile: join(folder, 'child.log'),
    stopSignal: 'SIGTERM',
    lifeline: 'ipc',
    deliberateExits: [0],
    ...spec,
  });
  started.push(child);
  return child;
}

/** Keeps what a supervisor says, and restarts without delay. */
function watched(child: ManagedProcess): string[] {
  const notes: string[] = [];
  supervise(child, { enabled: true, firstDelayMs: 1, maxDelayMs: 1 }, (text) => notes.push(text));
  return notes;
}

const said = (notes: string[], text: RegExp) =>
  waitUntil(() => notes.some((note) => text.test(note)), { limitMs: 10_000 });

describe('a managed process', () => {
  it('that ends before it is ready fails the start, and its log tells why', async () => {
    const child = processOf('console.error("no such table"); process.exit(3)', {
      ready: (gone) => waitUntil(() => false, { limitMs: 10_000, signal: gone }),
    });
    await expect(child.start()).rejects.toThrow('child ended (exit code 3) before it was ready');
    expect(child.log.tail()).toBe('no such table');
  });

  it('that does not exist fails the start', async () => {
    await expect(processOf('', { command: '/nowhere/program' }).start()).rejects.toThrow('ENOENT');
  });

  it('that crashes is started again', async () => {
    const child = processOf('');
    const notes = watched(child);
    await child.start();
    const first = child.pid;
    process.kill(first, 'SIGKILL');
    expect(await said(notes, /runs again/)).toBe(true);
    expect(notes[0]).toContain('child ended (SIGKILL), starting it again');
    expect(child.pid).not.toBe(first);
    expect(isAlive(child.pid)).toBe(true);
  });

  it('that somebody else stopped stays stopped, and can be started', async () => {
    const child = processOf('');
    const notes = watched(child);
    await child.start();
    process.kill(child.pid, 'SIGTERM');
    expect(await said(notes, /stopped from outside \(SIGTERM\) and stays stopped/)).toBe(true);
    expect(child).toMatchObject({ pid: 0, wanted: false });
    await child.start();
    expect(isAlive(child.pid)).toBe(true);
  });

  it('that we stop, by whatever signal, is nothing to the supervisor', async () => {
    const child = processOf('');
    const notes = watched(child);
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await child.start();
      await child.stop(signal);
      expect(child.pid).toBe(0);
    }
    expect(notes).toEqual([]);
  });

  it('that is stopped while it starts does not come to life afterwards', async () => {
    let letGo = () => {};
    const child = processOf('', { beforeStart: () => new Promise((resolve) => (letGo = resolve)) });
    const starting = child.start();
    const stopping = child.stop();
    letGo();
    await expect(starting).rejects.toThrow('stopped while it started');
    await stopping;
    expect(child.pid).toBe(0);
  });

  it('ends with us when we are killed, by its channel or by its watcher', async () => {
    const module = JSON.stringify(join(root, 'infra/local/dist/managed-process.js'));
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { ManagedProcess } from ${module};
         const script = 'process.on("disconnect", () => process.exit()); setInterval(() => {}, 1000)';
         for (const lifeline of ['ipc', 'watcher']) {
           const child = new ManagedProcess({ name: lifeline, command: process.execPath, args: ['-e', script], cwd: '/',
             env: {}, logFile: ${JSON.stringify(folder)} + '/' + lifeline, stopSignal: 'SIGINT', lifeline, deliberateExits: [] });
           await child.start();
           console.log(child.pid);
         }`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    parent.stdout.on('data', (data: Buffer) => (output += data.toString()));
    await waitUntil(() => output.trim().split('\n').length === 2, { limitMs: 10_000 });
    const pids = output.trim().split('\n').map(Number);
    expect(pids.map(isAlive)).toEqual([true, true]);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    expect(await waitUntil(() => !pids.some(isAlive), { limitMs: 10_000 })).toBe(true);
  });

  it('leaves its output in its log over restarts', async () => {
    const logFile = join(folder, 'kept.log');
    const child = processOf('console.log("begin")', { logFile });
    const lines = () => readFileSync(logFile, 'utf8').match(/begin/g)?.length ?? 0;
    for (const count of [1, 2]) {
      await child.start();
      expect(await waitUntil(() => lines() === count, { limitMs: 10_000 })).toBe(true);
      await child.stop();
    }
  });
});
