import { resolve } from 'node:path';
import type { FileStorage } from './file.storage.js';
import { LinkSigner } from './link.signer.js';
import { LocalStorage } from './local.storage.js';
import type { FilesSettings } from './settings.js';

/** The storage that the settings choose. @throws Error when the settings contradict each other */
export async function openStorage(settings: FilesSettings & { PUBLIC_URL: string }): Promise<FileStorage> {
  const { PATCHBAY_FILES_S3_BUCKET: bucket } = settings;
  if (bucket) {
    const { PATCHBAY_FILES_S3_ACCESS_KEY_ID: id, PATCHBAY_FILES_S3_SECRET_ACCESS_KEY: secret } = settings;
    if (!id !== !secret) {
      throw new Error(
        'PATCHBAY_FILES_S3_ACCESS_KEY_ID and PATCHBAY_FILES_S3_SECRET_ACCESS_KEY go together, or neither is given',
      );
    }
    // Loaded only where it is used: it is large.
    const { S3Storage } = await import('./s3.storage.js');
    return new S3Storage({ ...settings, PATCHBAY_FILES_S3_BUCKET: bucket });
  }
  const links = new LinkSigner(
    settings.PATCHBAY_FILES_URL ?? settings.PUBLIC_URL,
    settings.PATCHBAY_FILES_SECRET,
  );
  return new LocalStorage(resolve(settings.PATCHBAY_FILES_DIR), links, settings.PATCHBAY_FILES_MAX_BYTES);
}
