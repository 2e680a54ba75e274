import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileCache, nodeBinary, sourceMaps } from '../node.mjs';
import { Refusal } from '../preflight.mjs';
import { root } from './config.js';
import type { ServiceName } from './services.js';
import { systemEnvironment } from './system-environment.js';

/** The services that own tables, in no particular order: each has a schema of its own. */
export const owners = ['auth', 'sessions', 'tools', 'workbench', 'logs', 'triggers'] as const;

export interface Job {
  /** A program of libs/database. */
  program: 'migrate' | 'backup' | 'restore';
  args: string[];
  /** By which the schemas can be made, and all of them be read. */
  databaseUrl: string;
  /** The address by which a service logs in; where it is another role's, the schema becomes that role's. */
  urlOf: (service: ServiceName) => string;
  /** What has failed, and what to do then. */
  failure: { message: string; suggestion: string };
  signal?: AbortSignal | undefined;
}

/** Runs a job over all schemas in a process of its own, which ends when it is done. @returns what it wrote */
export async function runDatabaseJob(job: Job): Promise<string> {
  const { program, args, databaseUrl, urlOf, failure, signal } = job;
  const own = owners.map((name) => [`DATABASE_URL_${name.toUpperCase()}`, urlOf(name)]);
  const env = {
    ...systemEnvironment(),
    NODE_COMPILE_CACHE: compileCache,
    DATABASE_URL: databaseUrl,
    ...Object.fromEntries(own),
  };
  const file = join(root, `libs/database/dist/${program}.js`);
  try {
    const options = { cwd: root, env, signal, maxBuffer: 16 * 1024 * 1024 };
    return (await promisify(execFile)(nodeBinary(), [...sourceMaps, file, ...args], options)).stdout;
  } catch (cause) {
    signal?.throwIfAborted();
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    const end = `${stdout}${stderr}`.trim().split('\n').slice(-25).join('\n');
    throw new Refusal(`${failure.message}\n${end}`, failure.suggestion, { cause });
  }
}
