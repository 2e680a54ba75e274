import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { installerEnvironment, type AllowedPackage } from './stdio.settings.js';
import type { InstallConfig } from './install-package.js';
import type { Installer } from './run-installer.js';

const run = promisify(execFile);
const PROBE_MS = 20_000;

/** What installers leave that differs from one place to the next, or that nobody needs. */
const LEFT_OVERS = {
  npm: ['package.json', 'package-lock.json', 'node_modules/.package-lock.json'],
  pypi: ['bin'],
};

/**
 * The installer of a package, for a folder that is its own. No code of a package runs: npm runs no scripts, and pip takes
 * wheels alone. Both check what they fetch by the digests of their index.
 * @param scratch for its cache and its settings
 * @throws Error when it is not there
 */
export async function installerOf(
  { registryType, identifier, version }: AllowedPackage,
  { folder, scratch }: { folder: string; scratch: string },
  config: InstallConfig,
): Promise<Installer> {
  const outwards = (Object.keys(installerEnvironment) as (keyof typeof installerEnvironment)[]).flatMap(
    (name) => (config[name] === undefined ? [] : [[name, config[name]] as const]),
  );
  const environment = {
    PATH: config.PATH,
    HOME: scratch,
    LANG: 'C.UTF-8',
    TMPDIR: scratch,
    ...Object.fromEntries(outwards),
  };
  if (registryType === 'npm') {
    const registry = config.PATCHBAY_STDIO_NPM_REGISTRY;
    return {
      command: programIn(config.PATH, 'npm', 'npm is not installed where the workbench runs'),
      arguments:
        `install --ignore-scripts --install-links --no-audit --no-fund --no-update-notifier --no-save --omit=dev`
          .split(' ')
          .concat([
            '--prefix',
            folder,
            '--cache',
            join(scratch, 'cache'),
            '--userconfig',
            join(scratch, 'npmrc'),
          ])
          .concat(registry ? ['--registry', registry] : [])
          .concat('--', `${identifier}@${version}`),
      environment,
    };
  }
  const { python, interpreter } = await pipFor(config);
  const index = config.PATCHBAY_STDIO_PYPI_INDEX;
  return {
    command: python,
    arguments:
      `-m pip install --only-binary=:all: --no-compile --no-cache-dir --no-input --disable-pip-version-check`
        .split(' ')
        .concat(['--no-warn-script-location', '--python-version', interpreter, '--target', folder])
        .concat(index ? ['--index-url', index] : [])
        .concat(`${identifier}==${version}`),
    environment,
  };
}

/** Takes out what would make one package come to another digest elsewhere. */
export async function tidyInstalled(
  folder: string,
  registryType: AllowedPackage['registryType'],
): Promise<void> {
  // Where pip notes what it wrote, scripts for its own Python among it.
  const records =
    registryType === 'pypi'
      ? (await readdir(folder))
          .filter((name) => name.endsWith('.dist-info'))
          .map((name) => join(name, 'RECORD'))
      : [];
  await Promise.all(
    [...LEFT_OVERS[registryType], ...records].map((name) =>
      rm(join(folder, name), { recursive: true, force: true }),
    ),
  );
}

/** The sandboxes' own Python where it has pip; else another one's, told for which Python it installs. */
async function pipFor({ PATCHBAY_WORKBENCH_PYTHON: own, PATH }: InstallConfig) {
  const version = 'import sys; print("%d.%d" % sys.version_info[:2])';
  const { stdout } = await run(own, ['-I', '-c', version], { timeout: PROBE_MS });
  const others = ['python3', 'python'].map((name) => findIn(PATH, name)).filter((path) => path !== undefined);
  for (const python of [own, ...others]) {
    const hasPip = await run(python, ['-m', 'pip', '--version'], { timeout: PROBE_MS, env: { PATH } }).then(
      () => true,
      () => false,
    );
    if (hasPip) return { python, interpreter: stdout.trim() };
  }
  throw new Error('pip is not installed where the workbench runs');
}

function programIn(path: string, name: string, refusal: string): string {
  const found = findIn(path, name);
  if (!found) throw new Error(refusal);
  return found;
}

function findIn(path: string, name: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
