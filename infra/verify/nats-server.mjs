import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runProgram, root } from './checks.mjs';

/** The version of NATS that `docker-compose.yml` pins. */
export function pinnedVersion() {
  const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const version = /\bnats:(\d+\.\d+\.\d+)/.exec(compose)?.[1];
  if (!version) throw new Error('docker-compose.yml names no version of NATS');
  return version;
}

/** A folder with a nats-server of that version in it: built from its Go module when there is none yet. */
export async function folderOfServer(version) {
  const cached = join(root, `node_modules/.cache/nats-server-${version}`);
  if ((await versionIn(join(cached, 'nats-server'))) === version) return cached;
  await runProgram('go', ['install', `github.com/nats-io/nats-server/v2@v${version}`], {
    env: { ...process.env, GOBIN: cached },
  });
  return cached;
}

/** The version of the nats-server that the machine has by itself. */
export async function ownServer() {
  for (const folder of [...String(process.env.PATH).split(delimiter), '/usr/sbin']) {
    const version = await versionIn(join(folder, 'nats-server'));
    if (version) return { version, folder };
  }
  return undefined;
}

async function versionIn(file) {
  if (!existsSync(file)) return undefined;
  return /v(\d+\.\d+\.\d+)/.exec(await runProgram(file, ['-v']))?.[1];
}

/** The environment in which that server is the one that is found. */
export function withServer(folder) {
  return { ...process.env, PATH: [folder, dirname(process.execPath), process.env.PATH].join(delimiter) };
}
