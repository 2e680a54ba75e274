import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import type { Saved } from './home.archive.js';
import { Leases } from './leases.service.js';
import type { LiveWorkspace } from './live.workspace.js';

const MEGABYTE = 1024 * 1024;

/** Saves the archives of sandboxes, within the storage that one project may use for them. */
@Injectable()
export class Archives {
  constructor(
    @Inject(CONFIG) private readonly config: WorkbenchConfig,
    private readonly leases: Leases,
  ) {}

  /**
   * @param maxBytes of this one
   * @throws AppError `file_too_large`; the archive before it is kept then
   */
  async save({ session, archive }: LiveWorkspace, maxBytes = archive.maxBytes): Promise<Saved> {
    const most = this.config.PATCHBAY_WORKBENCH_PROJECT_ARCHIVE_MB;
    const room = most * MEGABYTE - (await this.leases.archiveBytesOfOthers(session));
    if (room >= maxBytes) return archive.save(maxBytes);
    try {
      if (room > 0) return await archive.save(room);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'file_too_large') throw error;
    }
    throw new AppError(
      'file_too_large',
      `The suspended sandboxes of the project would take more than ${most} MB together: delete sessions, or let the operator raise PATCHBAY_WORKBENCH_PROJECT_ARCHIVE_MB`,
    );
  }
}
