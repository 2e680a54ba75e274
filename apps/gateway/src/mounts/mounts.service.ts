import { Inject, Injectable } from '@nestjs/common';
import { AppError, decodeCursor, encodeCursor, type Session } from '@patchbay/contracts';
import { filenameOf, mountFolder, type FileInfo, type FileStorage, type SignedUrl } from '@patchbay/files';
import { z } from 'zod';
import { FILE_STORAGE } from '../settings.module.js';

const LINK_SECONDS = 60 * 60;
const Cursor = z.strictObject({ after: z.string() });

export interface MountItem {
  path: string;
  size: number;
  modifiedAt: Date;
}

/** The files of sessions: what their sandboxes see under /mnt/files, sandbox or not. */
@Injectable()
export class MountsService {
  constructor(@Inject(FILE_STORAGE) private readonly storage: FileStorage) {}

  async list(
    session: Session,
    { prefix, limit, cursor }: { prefix: string; limit: number; cursor?: string | undefined },
  ): Promise<{ items: MountItem[]; nextCursor: string | undefined }> {
    const folder = folderOf(session);
    const after = cursor ? folder + decodeCursor(Cursor, cursor).after : undefined;
    const found = await this.storage.list(folder + prefix, { limit: limit + 1, after });
    const items = found.slice(0, limit).map((info) => toItem(folder, info));
    const last = items.at(-1);
    return {
      items,
      nextCursor: found.length > limit && last ? encodeCursor({ after: last.path }) : undefined,
    };
  }

  uploadUrl(session: Session, path: string): Promise<SignedUrl> {
    return this.storage.uploadUrl(folderOf(session) + path, { expiresInSeconds: LINK_SECONDS });
  }

  /** @throws AppError `not_found` */
  async downloadUrl(session: Session, path: string): Promise<SignedUrl> {
    const key = folderOf(session) + path;
    if (!(await this.storage.stat(key))) throw new AppError('not_found', `There is no file ${path}.`);
    return this.storage.downloadUrl(key, {
      expiresInSeconds: LINK_SECONDS,
      filename: filenameOf(key),
      mimetype: 'application/octet-stream',
    });
  }

  /** A file, or a folder with all that is in it; nothing happens when it is not there. */
  async delete(session: Session, path: string): Promise<void> {
    const key = folderOf(session) + path.replace(/\/+$/, '');
    await this.storage.remove(key);
    await this.storage.removeFolder(`${key}/`);
  }

  async save(session: Session, path: string, content: string): Promise<void> {
    await this.storage.put(folderOf(session) + path, Buffer.from(content));
  }
}

function folderOf({ projectId, id }: Session): string {
  return mountFolder(projectId, id);
}

function toItem(folder: string, { key, size, modifiedAt }: FileInfo): MountItem {
  return { path: key.slice(folder.length), size, modifiedAt };
}
