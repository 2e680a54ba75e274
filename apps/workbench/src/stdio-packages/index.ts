export { chosenCommand } from './commands.js';
export { installPackage } from './install-package.js';
export { PackageStore, type InstalledPackage } from './package.store.js';
export { PackagesService } from './packages.service.js';
export { nodeFor } from './runtime.js';
export { StdioPackagesModule } from './stdio-packages.module.js';
export { installerEnvironment, packageName, stdioSettings } from './stdio.settings.js';
