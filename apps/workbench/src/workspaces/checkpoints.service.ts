import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, timed, type Logger } from '@patchbay/service';
import { Leases } from './leases.service.js';
import type { LiveWorkspace } from './live.workspace.js';
import { checkpointDurations } from './sandbox.metrics.js';

/** The next run often follows at once: it must not wait for us. */
const AFTER_MS = 500;
/** What is larger is kept only when it is put away. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Of a sandbox's time, checkpoints take no more than one part in this many. */
const SHARE = 10;

/** Keeps what an idle sandbox holds while it goes on, so that it outlives a service that is killed. */
@Injectable()
export class Checkpoints {
  private readonly timers = new WeakMap<LiveWorkspace, NodeJS.Timeout>();
  private readonly notBefore = new WeakMap<LiveWorkspace, number>();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly leases: Leases,
  ) {}

  /** A run begins: what was kept is older than what comes of it. */
  async outdate(workspace: LiveWorkspace): Promise<void> {
    clearTimeout(this.timers.get(workspace));
    if (!workspace.isArchiveCurrent) return;
    await this.leases.noteRun(workspace.session.id);
    workspace.isArchiveCurrent = false;
  }

  /** A run has ended: unless another one follows, a checkpoint is made. */
  plan(workspace: LiveWorkspace): void {
    const wait = Math.max(AFTER_MS, (this.notBefore.get(workspace) ?? 0) - Date.now());
    clearTimeout(this.timers.get(workspace));
    this.timers.set(workspace, setTimeout(() => void this.make(workspace), wait).unref());
  }

  private async make(workspace: LiveWorkspace): Promise<void> {
    const { session, archive } = workspace;
    if (!workspace.isIdle || workspace.leaving || workspace.agent.isGone) return;
    const began = Date.now();
    try {
      const keep = async () => {
        await this.leases.noteCheckpoint(session.id, await archive.save(MAX_BYTES));
        workspace.isArchiveCurrent = true;
      };
      await workspace.afterAll(() => timed(checkpointDurations, {}, keep));
    } catch (error) {
      this.logger.debug({ err: error, sessionId: session.id }, 'a checkpoint could not be made');
    } finally {
      this.notBefore.set(workspace, Date.now() + SHARE * (Date.now() - began));
    }
  }
}
