import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBinary } from './binaries.js';
import { answers } from './database.js';
import { ManagedProcess, type Controllable } from './managed-process.js';
import { freePort } from './ports.js';
import { postgresUser } from './postgres-user.js';
import { systemEnvironment } from './system-environment.js';
import { waitUntil } from './wait.js';

export interface PgBouncerOptions {
  /** Where Postgres listens on the loopback, or what stands in for it. */
  postgresPort: number;
  /** Passwords by the name of their role: it logs in to Postgres as whoever has logged in to it. It is ready when the first can. */
  passwords: Record<string, string>;
  /** Connections to Postgres for each role: fewer than a service has make those that are shared. */
  poolSize?: number;
}

export interface PgBouncer extends Controllable {
  port: number;
}

/** Runs a real PgBouncer in transaction mode on loopback, for tests. */
export async function startPgBouncer(options: PgBouncerOptions): Promise<PgBouncer> {
  const { postgresPort, passwords, poolSize = 3 } = options;
  const command = await ensureBinary('pgbouncer');
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-pgbouncer-'));
  const port = await freePort();
  const users = Object.entries(passwords).map(([role, password]) => `"${role}" "${password}"\n`);
  const files = { users: join(folder, 'users.txt'), settings: join(folder, 'pgbouncer.ini') };
  writeFileSync(files.users, users.join(''), { mode: 0o600 });
  writeFileSync(files.settings, settings({ port, postgresPort, poolSize, users: files.users }), {
    mode: 0o600,
  });
  // It refuses to be root.
  const { uid, gid } = postgresUser();
  for (const file of [folder, ...Object.values(files)]) {
    if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid);
  }
  const [[role, password] = ['', '']] = Object.entries(passwords);
  const child = new ManagedProcess({
    name: 'pgbouncer',
    command,
    args: [files.settings],
    cwd: '/',
    env: systemEnvironment(),
    uid,
    gid,
    logFile: join(folder, 'pgbouncer.log'),
    stopSignal: 'SIGTERM',
    lifeline: 'watcher',
    deliberateExits: [0, 1],
    ready: (gone) => {
      const url = `postgres://${role}:${password}@127.0.0.1:${port}/postgres`;
      return waitUntil(() => answers(url), { limitMs: 30_000, signal: gone });
    },
  });
  await child.start();
  return {
    port,
    start: () => child.start(),
    stop: async (signal) => {
      await child.stop(signal);
      // A killed one is started again.
      if (!signal) rmSync(folder, { recursive: true, force: true });
    },
    get pid() {
      return child.pid;
    },
  };
}

function settings(given: { port: number; postgresPort: number; poolSize: number; users: string }): string {
  return `[databases]
* = host=127.0.0.1 port=${given.postgresPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${given.port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${given.users}
pool_mode = transaction
default_pool_size = ${given.poolSize}
max_client_conn = 500
server_login_retry = 1
`;
}
