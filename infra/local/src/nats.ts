import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../preflight.mjs';
import { ensureBinary } from './binaries.js';
import { isOurs, readPid, stopLeftover } from './leftovers.js';
import { ManagedProcess, type Controllable } from './managed-process.js';
import { freePort, greeting } from './ports.js';
import { systemEnvironment } from './system-environment.js';
import { waitUntil } from './wait.js';

export interface NatsOptions {
  /** Where JetStream keeps its files; left out, it is a temporary folder that stop() removes. */
  storeDir?: string;
  port?: number;
  /** A nats.conf; without one there are no users, and everybody may do everything. */
  config?: string;
  /** Further arguments of its start. */
  args?: string[];
  /** Variables that the configuration names, such as the passwords. */
  env?: Record<string, string>;
  logFile?: string;
  note?: (text: string) => void;
}

export interface NatsServer extends Controllable {
  url: string;
  port: number;
  process: ManagedProcess;
}

/** Runs a real nats-server with JetStream on loopback. Stopped and started again it has the same port and streams. */
export async function startNats(options: NatsOptions = {}): Promise<NatsServer> {
  const command = await ensureBinary('nats-server', options.note);
  const scratch = options.storeDir === undefined ? mkdtempSync(join(tmpdir(), 'patchbay-nats-')) : undefined;
  const storeDir = options.storeDir ?? String(scratch);
  mkdirSync(storeDir, { recursive: true, mode: 0o700 });
  await stopEarlierServer(storeDir);
  const port = options.port ?? (await freePort());
  const config = options.config ? ['--config', options.config] : [];
  const child = new ManagedProcess({
    name: 'nats',
    command,
    // Given here, these win over the configuration file, which is made for a container.
    args: [
      ...config,
      '-a',
      '127.0.0.1',
      '-p',
      String(port),
      '-js',
      '-sd',
      storeDir,
      '-P',
      pidFile(storeDir),
      ...(options.args ?? []),
    ],
    cwd: '/',
    env: { ...systemEnvironment(), ...options.env },
    logFile: options.logFile ?? join(storeDir, 'nats.log'),
    stopSignal: 'SIGTERM',
    lifeline: 'watcher',
    // It answers SIGTERM with exit code 1; a crash is a Go panic, exit code 2.
    deliberateExits: [0, 1, 143],
    beforeStart: () => stopEarlierServer(storeDir),
    ready: (gone) => {
      const greets = async () => (await greeting('127.0.0.1', port))?.startsWith('INFO') ?? false;
      return waitUntil(greets, { limitMs: 30_000, signal: gone });
    },
  });
  const stop = async (signal?: NodeJS.Signals) => {
    await child.stop(signal);
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  };
  const start = () =>
    child.start().catch((cause: unknown) => {
      throw new Refusal(
        `nats-server did not start:
${child.log.tail()}`,
        `All of its log: ${child.log.path}`,
        { cause },
      );
    });
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    process: child,
    start,
    stop,
    get pid() {
      return child.pid;
    },
  };
}

const pidFile = (storeDir: string) => join(storeDir, 'nats.pid');

/** Stops a server that a killed run left behind on this store; two on the same files would spoil them. */
async function stopEarlierServer(storeDir: string): Promise<void> {
  const pid = readPid(pidFile(storeDir));
  if (pid !== undefined && isOurs(pid, 'nats-server', storeDir)) {
    await stopLeftover(pid, ['SIGTERM', 'SIGKILL']);
  }
}
