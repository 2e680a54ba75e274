export { attachment } from './attachment.js';
export type { FileInfo, FileStorage, SignedUrl, StoredFile } from './file.storage.js';
export {
  callFileKey,
  filenameOf,
  homeKey,
  isCallFile,
  mayRead,
  mountFolder,
  ownerOf,
  sessionFolder,
  sessionsFolder,
} from './keys.js';
export { FILES_ROUTE } from './link.signer.js';
export { LocalStorage } from './local.storage.js';
export { openStorage } from './open-storage.js';
export { filesSettings, type FilesSettings } from './settings.js';
