import { basename, extname } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import type { FileStorage } from '@patchbay/files';
import { z } from 'zod';
import type { HelperAnswer } from '../agent/index.js';
import { STORAGE } from '../settings.module.js';
import { success, type Helper } from './helper.js';
import type { HelperCaller } from './helper.caller.js';

const input = z.strictObject({ path: z.string().min(1).max(4096) });
const LINK_SECONDS = 60 * 60;

const MIMETYPES: Record<string, string> = {
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.zip': 'application/zip',
};

/** A link for the user, and a key for tools, to a file of the mount as it is now. */
@Injectable()
export class PublishHelper implements Helper<typeof input> {
  readonly name = 'publish';
  readonly input = input;

  constructor(@Inject(STORAGE) private readonly storage: FileStorage) {}

  async run({ path }: z.output<typeof input>, { workspace }: HelperCaller): Promise<HelperAnswer> {
    const key = workspace.mount.keyOf(path);
    if (!key) throw new AppError('invalid_request', `${path} is not a file under /mnt/files.`);
    await workspace.mount.pushOne(path);
    if (!(await this.storage.stat(key))) throw new AppError('not_found', `There is no file ${path}.`);
    const filename = basename(path);
    const mimetype = MIMETYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
    const { url } = await this.storage.downloadUrl(key, {
      expiresInSeconds: LINK_SECONDS,
      filename,
      mimetype,
    });
    return success({
      s3_url: url,
      uploaded_file: path,
      type: mimetype,
      id: key,
      s3key: key,
      message: `${filename} can be fetched for an hour at s3_url; s3key fits the file input of a tool.`,
    });
  }
}
