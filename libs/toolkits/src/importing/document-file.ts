import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseOpenApi } from '../openapi/document.js';

const run = promisify(execFile);

/** Packages of documents are large and few: each is fetched once and kept. */
const CACHE = join(tmpdir(), 'patchbay-documents');

/** A document of a package on npm, `@octokit/openapi@23.0.2/generated/api.github.com.json`. */
const IN_PACKAGE = /^((?:@[\w.-]+\/)?[\w.-]+)@(\d[\w.+-]*)\/(.+)$/;

export interface FoundDocument {
  content: unknown;
  package: string;
  file: string;
  /** When the package was published, `2026-08-21`. */
  published: string;
}

/** Where a package is that is installed beside us in just this version. */
function installedPackage(name: string, version: string): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const { version: found } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown };
    return found === version ? dirname(manifest) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a document from a file, or out of a package that npm knows. */
export async function findDocument(where: string): Promise<FoundDocument> {
  const [, name, version, file] = IN_PACKAGE.exec(where) ?? [];
  if (!name || !version || !file || existsSync(where)) {
    return { content: parseOpenApi(await readFile(where, 'utf8')), package: '', file: where, published: '' };
  }
  const folder = await unpackedPackage(name, version);
  return {
    content: parseOpenApi(await readFile(join(folder, file), 'utf8')),
    package: `${name}@${version}`,
    file,
    published: await publishedOn(name, version),
  };
}

/** A registry that does not answer must not hold up what needs no more than a date from it. */
const ASKING_NPM_MS = 10_000;

const published = new Map<string, Promise<string>>();

/** A day as npm knows it; empty when npm cannot be asked. */
function publishedOn(name: string, version: string): Promise<string> {
  const key = `${name}@${version}`;
  const known =
    published.get(key) ??
    run('npm', ['view', name, 'time', '--json', '--fetch-retries=0'], {
      maxBuffer: 64 * 1024 * 1024,
      timeout: ASKING_NPM_MS,
    }).then(
      ({ stdout }) => String((JSON.parse(stdout) as Record<string, string>)[version] ?? '').slice(0, 10),
      () => '',
    );
  published.set(key, known);
  return known;
}

async function unpackedPackage(name: string, version: string): Promise<string> {
  const installed = installedPackage(name, version);
  if (installed) return installed;
  const folder = join(CACHE, `${name.replace('/', '__')}@${version}`);
  if (existsSync(folder)) return join(folder, 'package');
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  const { stdout } = await run(
    'npm',
    ['pack', `${name}@${version}`, '--json', '--pack-destination', partial],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  if (!packed) throw new Error(`npm has no ${name}@${version}`);
  await run('tar', [
    '-xzf',
    join(partial, packed.filename.replace('@', '').replace('/', '-')),
    '-C',
    partial,
  ]);
  // Whole or not at all, also when two run at once.
  await rename(partial, folder).catch(() => undefined);
  return join(folder, 'package');
}
