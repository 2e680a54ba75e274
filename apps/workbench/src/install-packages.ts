import { loadConfig } from '@patchbay/service';
import { installerEnvironment, installPackage, packageName, PackageStore } from './stdio-packages/index.js';
import { workbenchConfig } from './config.js';

/*
 * Installs the packages of PATCHBAY_STDIO_ALLOWED into PATCHBAY_STDIO_DIR, as the service does, for where the service
 * itself has no npm, no pip or no way out: docs/operating/stdio-servers.md.
 */

const settings = workbenchConfig
  .pick({
    PATH: true,
    PATCHBAY_WORKBENCH_PYTHON: true,
    PATCHBAY_STDIO_ALLOWED: true,
    PATCHBAY_STDIO_DIR: true,
    PATCHBAY_STDIO_INSTALL_SECONDS: true,
    PATCHBAY_STDIO_PACKAGE_MB: true,
    PATCHBAY_STDIO_NPM_REGISTRY: true,
    PATCHBAY_STDIO_PYPI_INDEX: true,
  })
  .extend(installerEnvironment);
const config = loadConfig(settings, process.env);
const store = new PackageStore(config.PATCHBAY_STDIO_DIR);
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

for (const wanted of config.PATCHBAY_STDIO_ALLOWED) {
  const name = packageName(wanted);
  try {
    const { digest } = await installPackage(store, wanted, config, stopped.signal);
    process.stdout.write(`${name}#${digest}\n`);
  } catch (error) {
    process.stderr.write(`${name} is not installed: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
