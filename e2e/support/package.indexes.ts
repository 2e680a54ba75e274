import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A package in one version. */
export interface Published {
  identifier: string;
  version: string;
}

/** Where an installer gets a package: the index that it is configured with, where it says one; else its own default. */
export interface PackageIndex {
  url: string | undefined;
}

/** The registry of npm's own configuration; undefined where npm does not get the package from it. */
export function npmIndex({ identifier, version }: Published): Promise<PackageIndex | undefined> {
  return inScratch(async (folder) => {
    // Outside of this workspace, in which npm tells nothing of its configuration.
    const { stdout } = await run('npm', ['config', 'get', 'registry'], { cwd: folder });
    const url = stdout.trim();
    await run('npm', ['view', `${identifier}@${version}`, 'dist.tarball', '--registry', url], bare(folder));
    return { url };
  });
}

/** Likewise of pip. */
export function pypiIndex({ identifier, version }: Published): Promise<PackageIndex | undefined> {
  return inScratch(async (folder) => {
    const { stdout } = await run('python3', ['-m', 'pip', 'config', 'list']);
    const url = /\.index-url='([^']+)'/.exec(stdout)?.[1];
    const asked = `-m pip download --no-deps --only-binary=:all: --no-cache-dir --no-input`.split(' ');
    const index = url ? ['--index-url', url] : [];
    await run('python3', [...asked, '--dest', folder, ...index, `${identifier}==${version}`], bare(folder));
    return { url };
  });
}

const HANDED_ON = ['PATH', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'PIP_CERT'];

/** As the workbench runs an installer: with nothing else of the environment, and no settings of whom it belongs to. */
const bare = (folder: string) => ({
  cwd: folder,
  env: { ...Object.fromEntries(HANDED_ON.map((name) => [name, process.env[name]])), HOME: folder },
  timeout: 30_000,
});

async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-index-'));
  try {
    return await work(folder);
  } catch {
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
