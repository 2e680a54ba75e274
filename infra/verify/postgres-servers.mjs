import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames, startPgBouncer, startPostgres } from '@patchbay/local';

/** Each service's role and its password, as the migrations job is told them. */
const passwords = Object.fromEntries(serviceNames.map((name) => [`patchbay_${name}`, `secret-of-${name}`]));

/** A server's address as one service has it: its own role, and what else is given. */
export function loginOf(serverUrl, service, { port, ...query } = {}) {
  const url = new URL(serverUrl);
  url.username = `patchbay_${service}`;
  url.password = passwords[url.username] ?? '';
  if (port) {
    url.hostname = 'localhost';
    url.port = String(port);
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** A folder that the user postgres may pass through. */
export function serverFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-verify-postgres-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** Settings by which a server speaks TLS. */
export function tlsSettings({ cert, key }, dataDir) {
  const { uid, gid } = statSync(dataDir);
  chownSync(key, uid, gid);
  return { ssl: 'on', ssl_cert_file: cert, ssl_key_file: key };
}

/** Two servers, of which one follows the other and has everything before it is acknowledged. */
export async function startPair(folder, certificates) {
  const [dataDir, copy] = [join(folder, 'first'), join(folder, 'second')];
  const made = await startPostgres({ dataDir });
  await made.stop();
  const { uid, gid } = statSync(dataDir);
  cpSync(dataDir, copy, { recursive: true, preserveTimestamps: true });
  writeFileSync(join(copy, 'standby.signal'), '');
  own(copy, uid, gid);
  const settings = tlsSettings(certificates, dataDir);
  const first = await startPostgres({
    dataDir,
    settings: { ...settings, synchronous_standby_names: 'second' },
  });
  const { username, password, port } = new URL(first.url);
  const login = `host=127.0.0.1 port=${port} user=${username} password=${password} application_name=second`;
  try {
    const second = await startPostgres({ dataDir: copy, settings: { ...settings, primary_conninfo: login } });
    return { first, second };
  } catch (error) {
    await first.stop('SIGKILL');
    throw error;
  }
}

function own(folder, uid, gid) {
  execFileSync('chown', ['-R', `${uid}:${gid}`, folder]);
  chmodSync(folder, 0o700);
}

/** PgBouncer in transaction mode in front of a server, with fewer connections than the services have. */
export async function startPooler(serverUrl, postgresPort = Number(new URL(serverUrl).port)) {
  const { username, password } = new URL(serverUrl);
  // The first has to be a role that is there: those of the services are made by the migrations.
  const pooler = await startPgBouncer({ postgresPort, passwords: { [username]: password, ...passwords } });
  return Object.assign(pooler, {
    urlOf: (service) => loginOf(serverUrl, service, { port: pooler.port, pgbouncer: 'true' }),
  });
}

/** A Postgres of its own behind a pooler, and how a platform logs in to it. */
export async function startPooledPostgres() {
  const server = await startPostgres({ ephemeral: true });
  const pooler = await startPooler(server.url);
  return {
    url: server.url,
    logins: { database: pooler.urlOf, migrations: (service) => loginOf(server.url, service) },
    stop: async () => {
      await pooler.stop();
      await server.stop();
    },
  };
}
