import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '../preflight.mjs';
import type { PostgresBinaries } from './postgres-binaries.js';
import { root } from './config.js';
import { postgresLaunch, postgresUser, type Launch } from './postgres-user.js';
import { systemEnvironment } from './system-environment.js';

export interface Cluster {
  binaries: PostgresBinaries;
  dataDir: string;
  user: string;
  password: string;
  ephemeral: boolean;
}

/** The binaries' major version, which data of another one does not fit. */
const MAJOR = '18';

/** Makes the data folder on first use; says how to run Postgres on it. */
export async function prepareCluster(cluster: Cluster): Promise<Launch> {
  const { dataDir, binaries } = cluster;
  const user = postgresUser();
  mkdirSync(dirname(dataDir), { recursive: true });
  // With the dot at its end: entering the folder is what counts, and not seeing it from outside.
  const launch = postgresLaunch(user, [`${dirname(dataDir)}/.`, binaries.postgres]);
  const version = join(dataDir, 'PG_VERSION');
  if (!existsSync(version)) {
    await initialise(cluster, launch, user.uid, user.gid);
  } else if (readFileSync(version, 'utf8').trim() !== MAJOR) {
    throw new Refusal(
      `The data in ${dataDir} was made by Postgres ${readFileSync(version, 'utf8').trim()}, and this is ${MAJOR}.`,
      'Dump it with the old version and load it into a new home, or move the folder away to begin again.',
    );
  }
  return launch;
}

/** In a folder beside, renamed when complete: an initdb that was killed half-way leaves nothing that looks like data. */
async function initialise(cluster: Cluster, launch: Launch, uid?: number, gid?: number): Promise<void> {
  const fresh = `${cluster.dataDir}.new`;
  const passwordFile = `${cluster.dataDir}.${randomBytes(6).toString('hex')}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) {
    chownSync(fresh, uid, gid);
    chownSync(passwordFile, uid, gid);
  }
  try {
    const template = cluster.ephemeral ? templateFolder(cluster, uid) : undefined;
    if (template && existsSync(template)) await copyFolder(template, fresh);
    else {
      await initdb(cluster, launch, fresh, passwordFile);
      if (template) await keepTemplate(fresh, template);
    }
    rmSync(cluster.dataDir, { recursive: true, force: true });
    renameSync(fresh, cluster.dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Every test file with a Postgres of its own would spend a second of a core on initdb: the first one's is kept. */
function templateFolder({ binaries, user, password }: Cluster, uid?: number): string {
  const { size, mtimeMs } = statSync(binaries.initdb);
  const made = [binaries.initdb, size, mtimeMs, FLAGS, user, password, uid, process.env['TZ']];
  const key = createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 12);
  return join(root, 'node_modules/.cache', `postgres-${key}`);
}

async function keepTemplate(folder: string, template: string): Promise<void> {
  const fresh = `${template}.${randomBytes(6).toString('hex')}`;
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  try {
    await copyFolder(folder, fresh);
    renameSync(fresh, template);
  } catch {
    // Another process kept its own in the same moment, or there is no room: the next one runs initdb.
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Copies what is in a folder, with its owners. */
async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', `${from}/.`, to]);
}

const FLAGS = [
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  // Postgres' own C.UTF-8: sorts the same on every machine, whatever locales the system has.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
];

function initdb(cluster: Cluster, launch: Launch, folder: string, passwordFile: string): Promise<void> {
  const [command = '', ...args] = [
    ...launch.prefix,
    cluster.binaries.initdb,
    `--pgdata=${folder}`,
    `--username=${cluster.user}`,
    `--pwfile=${passwordFile}`,
    ...FLAGS,
    ...(cluster.ephemeral ? ['--no-sync'] : []),
  ];
  const identity = launch.uid === undefined ? {} : { uid: launch.uid, gid: launch.gid };
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: '/',
      env: systemEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...identity,
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`initdb failed (exit code ${code}):\n${output.trim()}`)),
    );
  });
}
