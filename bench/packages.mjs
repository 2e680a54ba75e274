// Packages for a bench alone: fetched once into a cache folder, into no `node_modules` of ours.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = process.env.PATCHBAY_BENCH_CACHE ?? join(tmpdir(), 'patchbay-bench-packages');

/**
 * @param {string} specifier a package with its version, `name@1.2.3`
 * @returns {Promise<string>} the folder in whose `node_modules` it is installed
 */
export async function installed(specifier) {
  const folder = join(CACHE, specifier.replace('/', '__'));
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  await writeFile(join(partial, 'package.json'), '{}');
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-save', specifier], {
    cwd: partial,
    maxBuffer: 64 * 1024 * 1024,
  });
  // Whole or not at all, also when two run at once.
  await rename(partial, folder).catch(() => undefined);
  return folder;
}
