import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runProgram } from './checks.mjs';

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
