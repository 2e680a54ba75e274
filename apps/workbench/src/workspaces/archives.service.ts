import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import type { Saved } from './home.archive.js';
import { Leases } from './leases.service.js';
import type { LiveWorkspace } from './live.workspace.js';

const MEGABYTE = 1024 * 1024;

/** A save that is under way. */
interface Running {
  projectId: string;
  /** What it may take of the project's storage. */
  bytes: number;
  ended: Promise<void>;
}

/** Saves the archives of sandboxes, within the storage that one project may use for them. */
@Injectable()
export class Archives {
  private readonly running = new Set<Running>();

  constructor(
    @Inject(CONFIG) private readonly config: WorkbenchConfig,
    private readonly leases: Leases,
  ) {}

  /**
   * Side by side while there is room for all, else one after the other: two that look at the same room would both take it.
   * Another replica's saves are seen once they are recorded.
   *
   * @param record writes down that it is saved, and how large it is
   * @param maxBytes of this one
   * @throws AppError `file_too_large`; the archive before it is kept then
   */
  async save(
    { session, archive }: LiveWorkspace,
    record: (saved: Saved) => Promise<void>,
    maxBytes = archive.maxBytes,
  ): Promise<void> {
    const { room, end } = await this.begin(session, maxBytes);
    try {
      await record(await this.saveWithin(archive, room, maxBytes));
    } finally {
      end();
    }
  }

  /** Keeps room for one more save, as much as it may need or as there is. */
  private async begin(session: LiveWorkspace['session'], maxBytes: number) {
    const { projectId } = session;
    const ofProject = () => [...this.running].filter((one) => one.projectId === projectId);
    for (;;) {
      const before = ofProject();
      const recorded = await this.leases.archiveBytesOfOthers(session);
      // One that ended meanwhile may be recorded by now, or not yet have been when we looked.
      if (before.some((one) => !this.running.has(one))) continue;
      const running = ofProject();
      const kept = running.reduce((sum, { bytes }) => sum + bytes, 0);
      const room = this.config.PATCHBAY_WORKBENCH_PROJECT_ARCHIVE_MB * MEGABYTE - recorded - kept;
      if (room >= maxBytes || running.length === 0) {
        return { room, end: this.keep(projectId, Math.max(0, Math.min(room, maxBytes))) };
      }
      await Promise.race(running.map(({ ended }) => ended));
    }
  }

  private keep(projectId: string, bytes: number): () => void {
    let resolve = () => {};
    const ended = new Promise<void>((done) => (resolve = done));
    const own = { projectId, bytes, ended };
    this.running.add(own);
    return () => {
      this.running.delete(own);
      resolve();
    };
  }

  private async saveWithin(
    archive: LiveWorkspace['archive'],
    room: number,
    maxBytes: number,
  ): Promise<Saved> {
    if (room >= maxBytes) return archive.save(maxBytes);
    try {
      if (room > 0) return await archive.save(room);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'file_too_large') throw error;
    }
    const most = this.config.PATCHBAY_WORKBENCH_PROJECT_ARCHIVE_MB;
    throw new AppError(
      'file_too_large',
      `The suspended sandboxes of the project would take more than ${most} MB together: delete sessions, or let the operator raise PATCHBAY_WORKBENCH_PROJECT_ARCHIVE_MB`,
    );
  }
}
