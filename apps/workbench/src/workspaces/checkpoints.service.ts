import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, timed, type Logger } from '@patchbay/service';
import { Archives } from './archives.service.js';
import type { Saved } from './home.archive.js';
import { Leases } from './leases.service.js';
import type { LiveWorkspace } from './live.workspace.js';
import { checkpointDurations } from './sandbox.metrics.js';

/** The next run often follows at once: it must not wait for a checkpoint. */
const DELAY_MS = 500;
/** A larger sandbox is stored only when it is suspended. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Of a sandbox's time, checkpoints take no more than one part in this many. */
const SHARE = 10;
/** Checkpoints of one project at once; the others wait for their turn. */
const AT_ONCE = 2;

/** Stores the state of an idle sandbox while it goes on running, so that it survives a SIGKILL of the service. */
@Injectable()
export class Checkpoints {
  private readonly timers = new WeakMap<LiveWorkspace, NodeJS.Timeout>();
  private readonly inProgress = new Map<string, number>();
  private readonly notBefore = new WeakMap<LiveWorkspace, number>();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly leases: Leases,
    private readonly archives: Archives,
  ) {}

  /** A run begins: the last checkpoint is stale from now on. */
  async markStale(workspace: LiveWorkspace): Promise<void> {
    clearTimeout(this.timers.get(workspace));
    if (!workspace.isArchiveCurrent) return;
    await this.leases.markArchiveStale(workspace.ref);
    workspace.isArchiveCurrent = false;
  }

  /** A run has ended: unless another one follows, a checkpoint is made. */
  schedule(workspace: LiveWorkspace): void {
    const wait = Math.max(DELAY_MS, (this.notBefore.get(workspace) ?? 0) - Date.now());
    clearTimeout(this.timers.get(workspace));
    this.timers.set(workspace, setTimeout(() => void this.make(workspace), wait).unref());
  }

  private async make(workspace: LiveWorkspace): Promise<void> {
    const { session } = workspace;
    if (!workspace.isIdle || workspace.suspending || workspace.agent.isGone) return;
    const { projectId } = session;
    const inProgress = this.inProgress.get(projectId) ?? 0;
    if (inProgress >= AT_ONCE) return this.schedule(workspace);
    this.inProgress.set(projectId, inProgress + 1);
    const began = Date.now();
    try {
      const checkpoint = async () => {
        const record = (saved: Saved) => this.leases.recordCheckpoint(workspace.ref, saved);
        await this.archives.save(workspace, record, MAX_BYTES);
        workspace.isArchiveCurrent = true;
      };
      await workspace.enqueue(() => timed(checkpointDurations, {}, checkpoint));
    } catch (error) {
      this.logger.debug({ err: error, sessionId: session.id }, 'a checkpoint could not be made');
    } finally {
      const left = (this.inProgress.get(projectId) ?? 1) - 1;
      if (left > 0) this.inProgress.set(projectId, left);
      else this.inProgress.delete(projectId);
      this.notBefore.set(workspace, Date.now() + SHARE * (Date.now() - began));
    }
  }
}
