import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../preflight.mjs';
import { answers, ensureDatabase } from './database.js';
import { isOurs, readPid, stopLeftover } from './leftovers.js';
import { ManagedProcess, type Controllable } from './managed-process.js';
import { freePort } from './ports.js';
import { postgresBinaries } from './postgres-binaries.js';
import { prepareCluster } from './postgres-cluster.js';
import { systemEnvironment } from './system-environment.js';
import { waitUntil } from './wait.js';

export interface PostgresOptions {
  /** Where the data is; left out with `ephemeral`, it is a temporary folder that stop() removes. */
  dataDir?: string;
  port?: number;
  /** For tests: gives up safety against power loss for speed. */
  ephemeral?: boolean;
  password?: string;
  /** Further settings of the server, such as those of replication. */
  settings?: Record<string, string>;
  logFile?: string;
}

export interface PostgresServer extends Controllable {
  url: string;
  port: number;
  process: ManagedProcess;
}

/** The superuser's and the database's name. */
export const NAME = 'patchbay';

/** Runs a real Postgres on loopback, with a database `patchbay`. Stopped and started again it has the same port and data. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { ephemeral = false, password = NAME } = options;
  const scratch = options.dataDir === undefined ? scratchFolder() : undefined;
  const dataDir = options.dataDir ?? join(String(scratch), 'data');
  const logFile = options.logFile ?? `${dataDir}.log`;
  const binaries = await postgresBinaries();
  await stopEarlierServer(dataDir);
  const launch = await prepareCluster({ binaries, dataDir, user: NAME, password, ephemeral });
  const port = options.port ?? (await freePort());
  const server = `postgres://${NAME}:${password}@127.0.0.1:${port}`;

  const [command = '', ...args] = [
    ...launch.prefix,
    binaries.postgres,
    '-D',
    dataDir,
    ...flags(port, ephemeral, options.settings),
  ];
  const child = new ManagedProcess({
    name: 'postgres',
    command,
    args,
    cwd: '/',
    env: systemEnvironment(),
    uid: launch.uid,
    gid: launch.gid,
    logFile,
    // Fast shutdown: open transactions are rolled back, everything committed is on disk.
    stopSignal: 'SIGINT',
    lifeline: 'watcher',
    deliberateExits: [0],
    beforeStart: () => stopEarlierServer(dataDir),
    // A long recovery after a crash is not a failure.
    ready: (gone) => waitUntil(() => answers(`${server}/postgres`), { limitMs: 60_000, signal: gone }),
  });
  const start = () => startPatiently(child);
  const stop = async (signal?: NodeJS.Signals) => {
    await child.stop(signal);
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  };
  try {
    await start();
    await ensureDatabase(`${server}/postgres`, NAME);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `${server}/${NAME}`,
    port,
    process: child,
    start,
    stop,
    get pid() {
      return child.pid;
    },
  };
}

function flags(port: number, ephemeral: boolean, given: PostgresOptions['settings']): string[] {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    // The socket's folder would need a place that both root and postgres may write to; TCP is enough.
    unix_socket_directories: '',
    max_connections: 200,
    ...(ephemeral ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    ...given,
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

/** After a SIGKILL the backends need a moment to notice; until then Postgres refuses to start on their memory. */
async function startPatiently(child: ManagedProcess): Promise<void> {
  let failure: unknown;
  const started = await waitUntil(
    async () => {
      failure = await child.start().then(
        () => undefined,
        (error: unknown) => error ?? new Error('postgres did not start'),
      );
      return failure === undefined || !/shared memory block|lock file/.test(child.log.tail());
    },
    { limitMs: 10_000, everyMs: 200 },
  );
  if (!started || failure !== undefined) {
    throw new Refusal(
      `Postgres did not start:
${child.log.tail()}`,
      `All of its log: ${child.log.path}`,
      { cause: failure },
    );
  }
}

/** Stops a server that a killed run left behind on this data; two on the same data would not start. */
async function stopEarlierServer(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  const pid = readPid(file);
  if (pid === undefined) return;
  if (isOurs(pid, 'postgres', dataDir)) await stopLeftover(pid, ['SIGINT', 'SIGQUIT', 'SIGKILL']);
  // What is left is a note of a dead server, whose id may by now be another program's.
  rmSync(file, { force: true });
}

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-postgres-'));
  // The user postgres has to pass through.
  chmodSync(folder, 0o711);
  return folder;
}
