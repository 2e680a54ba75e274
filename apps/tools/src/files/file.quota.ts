import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import type { FileStorage } from '@patchbay/files';
import { refusals } from '@patchbay/service';
import pMap from 'p-map';
import { DataSource, IsNull, LessThan, Not, type FindOptionsWhere } from 'typeorm';
import type { ToolsConfig } from '../config.js';
import { CONFIG, FILE_STORAGE } from '../settings.module.js';
import { CallFile } from './call-file.entity.js';
import { FileUsage } from './file-usage.entity.js';

/** Files whose sizes are looked up in one go, and how many of them at a time. */
const LOOKED_UP = 200;
const AT_ONCE = 10;
/** An upload that began before its link expired may take so long. */
const UPLOAD_MS = 15 * 60_000;
/** The files of calls go by themselves, staged ones that were never sent soonest. */
const RETRY_SECONDS = 600;

type NewFile = Omit<CallFile, 'createdAt'>;

/**
 * How many files of calls a project may keep, and of how many bytes together. What is staged counts with the largest
 * file that may be sent, until it is known how large it is: so an upload is refused before it begins.
 */
@Injectable()
export class FileQuota {
  private readonly most: { files: number; bytes: number };
  private readonly settling = new Map<string, Promise<void>>();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(FILE_STORAGE) private readonly storage: FileStorage,
    @Inject(CONFIG)
    private readonly config: Pick<
      ToolsConfig,
      'PATCHBAY_FILES_PROJECT_BYTES' | 'PATCHBAY_FILES_PROJECT_COUNT' | 'PATCHBAY_FILES_MAX_BYTES'
    >,
  ) {
    const { PATCHBAY_FILES_PROJECT_BYTES: bytes, PATCHBAY_FILES_PROJECT_COUNT: files } = config;
    this.most = { bytes: bytes || Number.MAX_SAFE_INTEGER, files: files || 2 ** 31 - 1 };
  }

  /**
   * Puts a file on the list that is yet to be sent.
   * @param seconds how long its upload link is good
   * @throws AppError `rate_limited` when the project keeps as much as it may
   */
  addStaged(file: Omit<NewFile, 'size' | 'uploadUntil'>, seconds: number): Promise<void> {
    const size = Math.min(this.config.PATCHBAY_FILES_MAX_BYTES, this.most.bytes);
    const uploadUntil = new Date(Date.now() + seconds * 1_000 + UPLOAD_MS);
    return this.add({ ...file, size, uploadUntil });
  }

  /** Puts a file on the list whose size is known. @throws AppError `rate_limited`, see above */
  addWhole(file: Omit<NewFile, 'size' | 'uploadUntil'>, size: number): Promise<void> {
    return this.add({ ...file, size, uploadUntil: null });
  }

  /** Takes files off the list. Of those that another replica took off just now nothing is counted twice. */
  async remove(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.dataSource.query(
      `WITH gone AS (DELETE FROM call_files WHERE id = ANY($1) RETURNING project_id, size),
            sums AS (SELECT project_id, count(*) AS files, sum(size) AS bytes FROM gone GROUP BY project_id)
       UPDATE file_usage usage
       SET files = greatest(0, usage.files - sums.files), bytes = greatest(0, usage.bytes - sums.bytes)
       FROM sums WHERE usage.project_id = sums.project_id`,
      [ids],
    );
  }

  async removeAllOf(projectId: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.delete(CallFile, { projectId });
      await manager.delete(FileUsage, { projectId });
    });
  }

  /** Counts uploads whose links have expired by their real size, and forgets those that never came. */
  async settleOld(): Promise<void> {
    for (;;) {
      const looked = await this.settle({ uploadUntil: LessThan(new Date()) });
      if (looked < LOOKED_UP) return;
    }
  }

  private async add(file: NewFile): Promise<void> {
    if (await this.tryToAdd(file)) return;
    await this.settleOf(file.projectId);
    if (await this.tryToAdd(file)) return;
    refusals.inc({ limit: 'project_files' });
    throw new AppError('rate_limited', 'The project keeps as many files for its tools as it may.', {
      suggestion: 'Send what was staged, or wait: each file is deleted a day after it was made.',
      retryAfter: RETRY_SECONDS,
    });
  }

  /** Counted and listed together, or neither; a project's additions wait for each other, and for no other project's. */
  private tryToAdd(file: NewFile): Promise<boolean> {
    const { files, bytes } = this.most;
    if (file.size > bytes) return Promise.resolve(false);
    return this.dataSource.transaction(async (manager) => {
      const counted = await manager.query<unknown[]>(
        `INSERT INTO file_usage AS usage (project_id, files, bytes) VALUES ($1, 1, $2)
         ON CONFLICT (project_id) DO UPDATE SET files = usage.files + 1, bytes = usage.bytes + $2
         WHERE usage.files < $3 AND usage.bytes + $2 <= $4
         RETURNING project_id`,
        [file.projectId, file.size, files, bytes],
      );
      if (counted.length === 0) return false;
      await manager.insert(CallFile, file);
      return true;
    });
  }

  /** One at a time for a project, however many of its requests find no room. */
  private settleOf(projectId: string): Promise<void> {
    const running = this.settling.get(projectId);
    if (running) return running;
    const settling = this.settle({ projectId, uploadUntil: Not(IsNull()) })
      .then(() => undefined)
      .finally(() => this.settling.delete(projectId));
    this.settling.set(projectId, settling);
    return settling;
  }

  /** The largest first, as those are the ones that were not looked at yet. */
  private async settle(where: FindOptionsWhere<CallFile>): Promise<number> {
    const staged = await this.dataSource
      .getRepository(CallFile)
      .find({ where, order: { size: 'DESC' }, take: LOOKED_UP });
    await pMap(staged, (file) => this.settleOne(file), { concurrency: AT_ONCE });
    return staged.length;
  }

  private async settleOne({ id, key, size, uploadUntil }: CallFile): Promise<void> {
    const isOver = uploadUntil !== null && uploadUntil.getTime() < Date.now();
    const found = await this.storage.stat(key);
    if (!found && isOver) return this.remove([id]);
    if (!found || (found.size === size && !isOver)) return;
    await this.dataSource.query(
      `WITH before AS (SELECT id, size FROM call_files WHERE id = $1 FOR UPDATE),
            changed AS (
              UPDATE call_files file SET size = $2, upload_until = CASE WHEN $3 THEN NULL ELSE upload_until END
              FROM before WHERE file.id = before.id
              RETURNING file.project_id, file.size - before.size AS more)
       UPDATE file_usage usage SET bytes = greatest(0, usage.bytes + changed.more)
       FROM changed WHERE usage.project_id = changed.project_id`,
      [id, found.size, isOver],
    );
  }
}
