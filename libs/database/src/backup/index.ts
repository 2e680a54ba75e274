export { keyIdsOf, readBackup, type Manifest } from './manifest.js';
export { restoreBackup, type RestoreOptions } from './restore-backup.js';
export { takeBackup } from './take-backup.js';
