import { rm } from 'node:fs/promises';
import type { WorkbenchConfig } from '../config.js';
import type { AllowedPackage, installerEnvironment } from './stdio.settings.js';
import { commandsOf } from './commands.js';
import { installerOf, tidyInstalled } from './installers.js';
import type { InstalledPackage, PackageStore } from './package.store.js';
import { runInstaller } from './run-installer.js';
import { closedFolder } from './runtime.js';

export type InstallConfig = Pick<
  WorkbenchConfig,
  | 'PATH'
  | 'PATCHBAY_WORKBENCH_PYTHON'
  | 'PATCHBAY_STDIO_INSTALL_SECONDS'
  | 'PATCHBAY_STDIO_PACKAGE_MB'
  | 'PATCHBAY_STDIO_NPM_REGISTRY'
  | 'PATCHBAY_STDIO_PYPI_INDEX'
  | keyof typeof installerEnvironment
>;

/**
 * A package of the operator's list, installed unless it is.
 * @throws Error why not, in words for the operator
 */
export async function installPackage(
  store: PackageStore,
  wanted: AllowedPackage,
  config: InstallConfig,
  signal: AbortSignal,
): Promise<InstalledPackage> {
  const closed = closedFolder(`${store.root}/packages`);
  if (closed) {
    throw new Error(
      `${closed} is closed to the users that sandboxes run as: \`chmod o+x ${closed}\`, or another PATCHBAY_STDIO_DIR`,
    );
  }
  const found = await store.find(wanted);
  if (found) return found;
  const { work, folder, scratch } = await store.begin();
  const bytes = config.PATCHBAY_STDIO_PACKAGE_MB * 1024 ** 2;
  try {
    const installer = await installerOf(wanted, { folder, scratch }, config);
    await runInstaller(installer, work, { seconds: config.PATCHBAY_STDIO_INSTALL_SECONDS, bytes, signal });
    await tidyInstalled(folder, wanted.registryType);
    const commands = await commandsOf(folder, wanted);
    return await store.keep(wanted, { folder, commands, maxBytes: bytes });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
