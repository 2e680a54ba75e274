import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  CALL_FILE_HOURS,
  getProject,
  newId,
  type InputOf,
  type listFiles,
  type OutputOf,
  type stageFile,
} from '@patchbay/contracts';
import { pageByTime } from '@patchbay/database';
import { callFileKey, filenameOf, mayRead, type FileStorage } from '@patchbay/files';
import { Bus } from '@patchbay/service';
import { LessThan, type Repository } from 'typeorm';
import { FILE_STORAGE } from '../settings.module.js';
import { CallFile } from './call-file.entity.js';
import { FileQuota } from './file.quota.js';

type Described = Pick<CallFile, 'projectId' | 'toolkit' | 'toolSlug' | 'filename' | 'mimetype' | 'md5'>;

/** A file that a call left behind, as its answer names it. */
export interface KeptFile {
  name: string;
  mimetype: string;
  s3key: string;
  s3url: string;
}

const DELETED_AT_ONCE = 100;

/** The files of calls: staged as their input, kept from their answers, deleted after a day. */
@Injectable()
export class FilesService {
  constructor(
    @InjectRepository(CallFile) private readonly files: Repository<CallFile>,
    @Inject(FILE_STORAGE) private readonly storage: FileStorage,
    private readonly bus: Bus,
    private readonly quota: FileQuota,
  ) {}

  async stage(input: InputOf<typeof stageFile>): Promise<OutputOf<typeof stageFile>> {
    const expiresInSeconds = await this.linkSeconds(input.projectId);
    const { id, key, about } = describe(input);
    await this.quota.addStaged(about, expiresInSeconds);
    const { url } = await this.storage.uploadUrl(key, { expiresInSeconds });
    return { id, key, uploadUrl: url, backend: this.storage.backend };
  }

  async list(input: InputOf<typeof listFiles>): Promise<OutputOf<typeof listFiles>> {
    const { projectId, toolkit, toolSlug } = input;
    const query = this.files
      .createQueryBuilder('file')
      .where('file.project_id = :projectId AND file.created_at > :since', { projectId, since: oldest() });
    if (toolkit) query.andWhere('file.toolkit = :toolkit', { toolkit });
    if (toolSlug) query.andWhere('file.tool_slug = :toolSlug', { toolSlug });
    return pageByTime(query, 'file', input);
  }

  /**
   * Keeps what a call brought, and gives a link to it.
   * @throws AppError `file_too_large` when the project has no room for it
   */
  async keep(about: Omit<Described, 'md5'>, bytes: Buffer): Promise<KeptFile & { expiresAt: Date }> {
    const { projectId, filename, mimetype } = about;
    const expiresInSeconds = await this.linkSeconds(projectId);
    const { id, key, about: file } = describe({ ...about, md5: '' });
    await this.quota.addWhole(file, bytes.length).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'rate_limited' ? noRoom(error) : error;
    });
    const { md5 } = await this.storage.put(key, bytes);
    await this.files.update({ id }, { md5 });
    const link = await this.storage.downloadUrl(key, { expiresInSeconds, filename, mimetype });
    return { name: filename, mimetype, s3key: key, s3url: link.url, expiresAt: link.expiresAt };
  }

  /** @throws AppError `invalid_request` for a file that is not there or not the reader's: with the same message */
  async read(
    key: string,
    reader: { projectId: string; sessionId?: string | undefined },
    maxBytes: number,
  ): Promise<{ name: string; bytes: Buffer }> {
    if (!mayRead(key, reader)) throw noSuchFile(key);
    const { content, size } = await this.storage.open(key).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'not_found' ? noSuchFile(key) : error;
    });
    if (size > maxBytes) {
      content.destroy();
      throw new AppError(
        'invalid_request',
        `The file ${filenameOf(key)} has more than the ${maxBytes} bytes that a tool may be given.`,
      );
    }
    return { name: filenameOf(key), bytes: await buffer(content) };
  }

  /** Deletes what is older than a day. Replicas may do so at once: a file is gone either way. */
  async deleteOld(): Promise<void> {
    await this.storage.tidy();
    await this.quota.settleOld();
    for (;;) {
      const old = await this.files.find({
        where: { createdAt: LessThan(oldest()) },
        order: { createdAt: 'ASC' },
        take: DELETED_AT_ONCE,
      });
      for (const { key } of old) await this.storage.remove(key);
      await this.quota.remove(old.map(({ id }) => id));
      if (old.length < DELETED_AT_ONCE) return;
    }
  }

  async deleteAllOf(projectId: string): Promise<void> {
    await this.storage.removeFolder(`projects/${projectId}/`);
    await this.quota.removeAllOf(projectId);
  }

  private async linkSeconds(projectId: string): Promise<number> {
    const { project } = await this.bus.request(getProject, { projectId });
    return Math.min(project.settings.fileUrlSeconds, CALL_FILE_HOURS * 3600);
  }
}

function describe({ projectId, toolkit, toolSlug, filename, mimetype, md5 }: Described) {
  const id = newId('file');
  const key = callFileKey({ projectId, toolkit, toolSlug, filename });
  return { id, key, about: { id, key, projectId, toolkit, toolSlug, filename, mimetype, md5 } };
}

/** What a call brought is lost, but it was made: this must not be taken for a call that can be retried. */
function noRoom(cause: AppError): AppError {
  return new AppError('file_too_large', `The file cannot be kept. ${cause.message}`, {
    suggestion: 'The call was made all the same. Files are deleted a day after they were made.',
    cause,
  });
}

function oldest(): Date {
  return new Date(Date.now() - CALL_FILE_HOURS * 60 * 60 * 1000);
}

function noSuchFile(key: string): AppError {
  return new AppError('invalid_request', `There is no file ${key}.`, {
    suggestion: `Upload it first; the files of calls are kept for ${CALL_FILE_HOURS} hours.`,
  });
}
