import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, timed, type Logger } from '@patchbay/service';
import { Archives } from './archives.service.js';
import { Leases } from './leases.service.js';
import type { LiveWorkspace } from './live.workspace.js';
import { checkpointDurations } from './sandbox.metrics.js';

/** The next run often follows at once: it must not wait for us. */
const AFTER_MS = 500;
/** What is larger is kept only when it is put away. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Of a sandbox's time, checkpoints take no more than one part in this many. */
const SHARE = 10;
/** Of one project's sandboxes; the others wait for their turn. */
const AT_ONCE = 2;

/** Keeps what an idle sandbox holds while it goes on, so that it outlives a service that is killed. */
@Injectable()
export class Checkpoints {
  private readonly timers = new WeakMap<LiveWorkspace, NodeJS.Timeout>();
  private readonly underWay = new Map<string, number>();
  private readonly notBefore = new WeakMap<LiveWorkspace, number>();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly leases: Leases,
    private readonly archives: Archives,
  ) {}

  /** A run begins: what was kept is older than what comes of it. */
  async outdate(workspace: LiveWorkspace): Promise<void> {
    clearTimeout(this.timers.get(workspace));
    if (!workspace.isArchiveCurrent) return;
    await this.leases.noteRun(workspace.held);
    workspace.isArchiveCurrent = false;
  }

  /** A run has ended: unless another one follows, a checkpoint is made. */
  plan(workspace: LiveWorkspace): void {
    const wait = Math.max(AFTER_MS, (this.notBefore.get(workspace) ?? 0) - Date.now());
    clearTimeout(this.timers.get(workspace));
    this.timers.set(workspace, setTimeout(() => void this.make(workspace), wait).unref());
  }

  private async make(workspace: LiveWorkspace): Promise<void> {
    const { session } = workspace;
    if (!workspace.isIdle || workspace.leaving || workspace.agent.isGone) return;
    const { projectId } = session;
    const underWay = this.underWay.get(projectId) ?? 0;
    if (underWay >= AT_ONCE) return this.plan(workspace);
    this.underWay.set(projectId, underWay + 1);
    const began = Date.now();
    try {
      const keep = async () => {
        await this.leases.noteCheckpoint(workspace.held, await this.archives.save(workspace, MAX_BYTES));
        workspace.isArchiveCurrent = true;
      };
      await workspace.afterAll(() => timed(checkpointDurations, {}, keep));
    } catch (error) {
      this.logger.debug({ err: error, sessionId: session.id }, 'a checkpoint could not be made');
    } finally {
      const left = (this.underWay.get(projectId) ?? 1) - 1;
      if (left > 0) this.underWay.set(projectId, left);
      else this.underWay.delete(projectId);
      this.notBefore.set(workspace, Date.now() + SHARE * (Date.now() - began));
    }
  }
}
