import { createWriteStream, type Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@patchbay/contracts';
import { nanoid } from 'nanoid';
import type { FileInfo, FileStorage, SignedUrl, StoredFile } from './file.storage.js';
import { segmentsOf } from './keys.js';
import type { LinkSigner } from './link.signer.js';
import { metered } from './metered.js';

/** Beside the kept files, which all lie under `kept`: what is still being written. */
const INCOMING = 'incoming';
const KEPT = 'kept';
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** Files on disk, under their keys. Replicas on several machines need a shared one, or a bucket. */
export class LocalStorage implements FileStorage {
  readonly backend = 'local';

  constructor(
    private readonly root: string,
    readonly links: LinkSigner,
    readonly maxBytes: number,
  ) {}

  async put(
    key: string,
    content: Buffer | Readable,
    { maxBytes = this.maxBytes }: { maxBytes?: number } = {},
  ): Promise<StoredFile> {
    const target = this.pathOf(key);
    const incoming = join(this.root, INCOMING, nanoid());
    const { stream, result } = metered(content, maxBytes);
    try {
      await mkdir(dirname(incoming), { recursive: true });
      await pipeline(stream, createWriteStream(incoming, { flags: 'wx', flush: true }));
      await mkdir(dirname(target), { recursive: true });
      await rename(incoming, target);
      return { key, ...result() };
    } catch (error) {
      stream.destroy();
      await rm(incoming, { force: true });
      throw explain(error);
    }
  }

  async open(key: string): Promise<FileInfo & { content: Readable }> {
    // Asked and read through one handle: what replaces the file meanwhile is another file.
    const handle = await open(this.pathOf(key)).catch((error: unknown) => {
      throw explain(error);
    });
    const found = await handle.stat();
    if (found.isFile()) {
      return { key, size: found.size, modifiedAt: found.mtime, content: handle.createReadStream() };
    }
    await handle.close();
    throw notFound();
  }

  async stat(key: string): Promise<FileInfo | undefined> {
    try {
      const found = await stat(this.pathOf(key));
      return found.isFile() ? { key, size: found.size, modifiedAt: found.mtime } : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true }).catch((error: unknown) => {
      if (!isAbsent(error) && !isFolder(error)) throw error;
    });
  }

  async removeFolder(folder: string): Promise<void> {
    await rm(this.pathOf(folder.replace(/\/$/, '')), { recursive: true, force: true });
  }

  async list(
    prefix: string,
    { limit, after = '' }: { limit: number; after?: string | undefined },
  ): Promise<FileInfo[]> {
    const found: FileInfo[] = [];
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    for await (const key of this.walk(folder, prefix, after)) {
      const info = await this.stat(key);
      if (info) found.push(info);
      if (found.length >= limit) break;
    }
    return found;
  }

  async uploadUrl(key: string, { expiresInSeconds }: { expiresInSeconds: number }): Promise<SignedUrl> {
    segmentsOf(key);
    return this.links.sign('PUT', key, expiresInSeconds, {});
  }

  async downloadUrl(
    key: string,
    {
      expiresInSeconds,
      filename,
      mimetype,
    }: { expiresInSeconds: number; filename: string; mimetype: string },
  ): Promise<SignedUrl> {
    segmentsOf(key);
    return this.links.sign('GET', key, expiresInSeconds, { name: filename, type: mimetype });
  }

  async tidy(): Promise<void> {
    const folder = join(this.root, INCOMING);
    for (const name of await readdir(folder).catch(() => [])) {
      const found = await stat(join(folder, name)).catch(() => undefined);
      if (found && found.mtimeMs < Date.now() - ABANDONED_MS) await rm(join(folder, name), { force: true });
    }
  }

  /** Keys under a folder, in their order, without visiting what lies before `after`. */
  private async *walk(folder: string, prefix: string, after: string): AsyncGenerator<string> {
    const path = folder === '' ? join(this.root, KEPT) : this.pathOf(folder.slice(0, -1));
    const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown): Dirent[] => {
      if (isAbsent(error)) return [];
      throw error;
    });
    // With the slash, as it has its place in the order of keys too: a.txt stands before a/b.
    const keys = entries.map((entry) => folder + entry.name + (entry.isDirectory() ? '/' : ''));
    for (const key of keys.toSorted((a, b) => (a < b ? -1 : 1))) {
      const isFolder = key.endsWith('/');
      if (!key.startsWith(prefix) && !(isFolder && prefix.startsWith(key))) continue;
      if (isFolder && (key > after || after.startsWith(key))) yield* this.walk(key, prefix, after);
      else if (!isFolder && key > after) yield key;
    }
  }

  private pathOf(key: string): string {
    return join(this.root, KEPT, ...segmentsOf(key));
  }
}

function explain(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return notFound();
  if (code === 'ENAMETOOLONG' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'EEXIST') {
    return new AppError('invalid_request', 'The path of the file is not one that can be kept.', {
      suggestion: 'A name may be too long, or be a file and a folder at once.',
      cause: error,
    });
  }
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET') {
    return new AppError('invalid_request', 'The upload was interrupted.', {
      suggestion: 'Send the file again.',
      cause: error,
    });
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('unavailable', 'The storage of files is full at the moment.', {
      suggestion: 'The operator of this platform has to free some space.',
      cause: error,
    });
  }
  return error;
}

function notFound(): AppError {
  return new AppError('not_found', 'There is no such file, or it was deleted after its time.');
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function isFolder(error: unknown): boolean {
  return ['EISDIR', 'ERR_FS_EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
