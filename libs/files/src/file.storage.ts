import type { Readable } from 'node:stream';

export interface FileInfo {
  key: string;
  size: number;
  modifiedAt: Date;
}

export interface StoredFile {
  key: string;
  size: number;
  /** In hex. */
  md5: string;
}

export interface SignedUrl {
  url: string;
  expiresAt: Date;
}

/**
 * Where the bytes of files are kept: on disk, or in a bucket. Keys are paths of names joined by `/`; who may
 * use which key is decided by its caller (`keys.ts`).
 */
export interface FileStorage {
  /** The name that the API has for the kind of storage. */
  readonly backend: 'local' | 's3';

  /**
   * Keeps a file whole or not at all; one that was there is replaced.
   * @throws AppError `file_too_large` once it has more than `maxBytes`
   */
  put(key: string, content: Buffer | Readable, options?: { maxBytes?: number }): Promise<StoredFile>;

  /** @throws AppError `not_found` */
  open(key: string): Promise<FileInfo & { content: Readable }>;

  stat(key: string): Promise<FileInfo | undefined>;

  /** Nothing happens when it is not there. */
  remove(key: string): Promise<void>;

  /** Everything whose key begins with the folder. @param folder ends with `/` */
  removeFolder(folder: string): Promise<void>;

  /** In the order of keys. `after` is the last key of the page before. */
  list(prefix: string, page: { limit: number; after?: string | undefined }): Promise<FileInfo[]>;

  /** Takes one PUT of the bytes, without a credential, with any `Content-Type`. */
  uploadUrl(key: string, options: { expiresInSeconds: number }): Promise<SignedUrl>;

  /** Gives the bytes without a credential, as a download and never as a page. */
  downloadUrl(
    key: string,
    options: { expiresInSeconds: number; filename: string; mimetype: string },
  ): Promise<SignedUrl>;

  /** Removes what uploads that broke off have left behind. */
  tidy(): Promise<void>;
}
