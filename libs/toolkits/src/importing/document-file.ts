import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseOpenApi } from '../openapi/document.js';
import { mergedDocument } from './merged-document.js';
import { fromSwagger } from './swagger.js';

const run = promisify(execFile);

/** What documents are in is large and little: each is fetched once and kept. */
const CACHE = join(tmpdir(), 'patchbay-documents');

/** A document of a package on npm, `@octokit/openapi@23.0.2/generated/api.github.com.json`. */
const IN_PACKAGE = /^((?:@[\w.-]+\/)?[\w.-]+)@(\d[\w.+-]*)\/(.+)$/;

/** A document of a public repository, `github:resend/resend-openapi@fd6f395f…/resend.yaml`. */
const IN_REPOSITORY = /^github:([\w.-]+\/[\w.-]+)@([0-9a-f]{40})\/(.+)$/;

/** A document of our own, drawn up where the provider publishes none. */
const OF_OUR_OWN = /^documents\/[\w-]+\.yaml$/;
const RECIPES = new URL('../../recipes/', import.meta.url);

export interface FoundDocument {
  content: unknown;
  /** The package or the repository, with its version. */
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

/** Reads a document, or several as one; what is said of where it is from is said of the first. */
export async function findDocument(where: string | readonly string[]): Promise<FoundDocument> {
  const [first, ...others] = await Promise.all([where].flat().map(findOne));
  if (!first) throw new Error('No document is named.');
  return { ...first, content: mergedDocument([first, ...others]) };
}

/** Reads a document from a file, out of a package that npm knows, or out of a public repository. */
async function findOne(where: string): Promise<FoundDocument> {
  const [, repository, commit, path] = IN_REPOSITORY.exec(where) ?? [];
  if (repository && commit && path) {
    const content = parsed(await fromRepository(repository, commit, path));
    return { content, package: `github:${repository}@${commit.slice(0, 10)}`, file: path, published: '' };
  }
  if (OF_OUR_OWN.test(where)) {
    const content = parsed(await readFile(new URL(where, RECIPES), 'utf8'));
    return { content, package: '', file: `libs/toolkits/recipes/${where}`, published: '' };
  }
  const [, name, version, file] = IN_PACKAGE.exec(where) ?? [];
  if (!name || !version || !file || existsSync(where)) {
    return { content: parsed(await readFile(where, 'utf8')), package: '', file: where, published: '' };
  }
  const folder = await unpackedPackage(name, version);
  return {
    content: parsed(await readFile(join(folder, file), 'utf8')),
    package: `${name}@${version}`,
    file,
    published: await publishedOn(name, version),
  };
}

function parsed(text: string): unknown {
  return fromSwagger(parseOpenApi(text));
}

async function fromRepository(repository: string, commit: string, path: string): Promise<string> {
  const kept = join(CACHE, 'github', `${repository}@${commit}`, path);
  if (existsSync(kept)) return readFile(kept, 'utf8');
  const response = await fetch(`https://raw.githubusercontent.com/${repository}/${commit}/${path}`);
  if (!response.ok) throw new Error(`${repository} has no ${path} at ${commit}: ${response.status}`);
  const text = await response.text();
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(kept, text);
  return text;
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
