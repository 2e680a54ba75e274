import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive, Refusal } from '../preflight.mjs';
import { findBinary } from './binaries.js';
import { root } from './config.js';

/** Other versions beside `python3` are looked for by name: that one may be older. */
const NAMES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'];
const PROBE = 'import sys, venv, pip; print(sys.version_info >= (3, 11), sys.executable, sys.version)';
const LIMIT_MS = 300_000;

export interface PythonOptions {
  /** Where environments are kept. */
  cache?: string;
  /** What Python and pip see: where to look for Python, and pip's settings. */
  env?: NodeJS.ProcessEnv;
}

/**
 * The Python of a virtual environment, made when it is missing and kept as long as Python and the locks stay the same.
 * Run what is installed by `-m`: scripts know only the folder that the environment was made in.
 * @param folder with `requirements.txt`, every package with its hashes, and, where some of these have no wheel,
 *   `build.txt`, which is installed first
 * @returns the path of its Python
 * @throws Refusal when there is no Python, or the packages cannot be had
 * @throws Error when a package is not what the lock says
 */
export async function pythonEnvironment(
  folder: string,
  { cache = join(root, 'node_modules/.cache'), env = process.env }: PythonOptions = {},
): Promise<string> {
  const base = await findPython(env);
  const build = join(folder, 'build.txt');
  const locks = [...(existsSync(build) ? [build] : []), join(folder, 'requirements.txt')];
  const made = [
    base.version,
    realpathSync(base.executable),
    ...locks.map((lock) => readFileSync(lock, 'utf8')),
  ];
  const key = createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 12);
  const environment = join(cache, `python-${key}`);
  if (!existsSync(environment)) await make(environment, base.executable, locks, env);
  return pythonIn(environment);
}

const pythonIn = (environment: string) => join(environment, 'bin/python');

async function findPython(env: NodeJS.ProcessEnv): Promise<{ executable: string; version: string }> {
  for (const name of NAMES) {
    const file = findBinary([name], env['PATH']);
    if (!file) continue;
    const answer = await promisify(execFile)(file, ['-E', '-c', PROBE], { env }).catch(() => undefined);
    const [, executable, version] = /^True (\S+) (.+)/s.exec(answer?.stdout ?? '') ?? [];
    if (executable && version) return { executable, version };
  }
  throw new Refusal(
    'There is no Python 3.11 or newer with pip and venv.',
    'Install one with `apt-get install python3-pip python3-venv` (Debian, Ubuntu) or `brew install python` (macOS).',
  );
}

/** In a folder beside, renamed when complete: a making that was killed half-way leaves nothing that looks made. */
async function make(
  environment: string,
  executable: string,
  locks: string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  removeHalves(environment);
  const fresh = `${environment}.${process.pid}.${randomBytes(4).toString('hex')}`;
  mkdirSync(fresh, { recursive: true });
  try {
    // The pip of the base, because a new one in each environment takes longer than many a lock.
    await run(executable, ['-m', 'venv', '--without-pip', fresh], env);
    for (const lock of locks) await run(executable, ['-m', 'pip', '--python', fresh, ...install(lock)], env);
    renameSync(fresh, environment);
  } catch (error) {
    // Another process may have made the same in the meantime.
    if (!existsSync(environment)) throw error;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** What those left who were killed while they made this environment. */
function removeHalves(environment: string): void {
  const cache = dirname(environment);
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    const [made, maker] = name.split('.');
    if (made !== basename(environment) || maker === undefined || isAlive(Number(maker))) continue;
    rmSync(join(cache, name), { recursive: true, force: true });
  }
}

const install = (lock: string) => [
  'install',
  '--quiet',
  '--no-input',
  '--disable-pip-version-check',
  '--require-hashes',
  // The lock is whole, the tools to build with included: there is nothing to look up.
  '--no-deps',
  '--no-build-isolation',
  '--use-pep517',
  // Compiled as it is imported: most of it never is.
  '--no-compile',
  '--retries=2',
  `--requirement=${lock}`,
];

async function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  try {
    // -E: variables such as PYTHONPATH lead elsewhere.
    await promisify(execFile)(command, ['-E', ...args], { env, timeout: LIMIT_MS });
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    const output = (`${stdout}${stderr}`.trim() || String(cause)).split('\n').slice(-15).join('\n');
    if (output.includes('DO NOT MATCH THE HASHES')) throw new Error(output, { cause });
    throw new Refusal(
      `The Python environment could not be made:\n${output}`,
      'Check the connection to the Python package index, then run the same command again.',
      { cause },
    );
  }
}
